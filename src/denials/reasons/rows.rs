//! The rows of the table of reasons. Codes are facts, and so is what they are about; the words are ours.
//!
//! Where a code that ended has the meaning of one in effect, it stands in its row.

use super::Desk::{
    Authorizations, Billers, Clinicians, Coders, Contracts, Credentials, FrontDesk, Officers,
    Posters, Records,
};
use super::Topic::{
    Appeal, Authorization, Benefit, Billing, Bundled, Coding, Compliance, Contract, Documentation,
    Duplicate, Eligibility, MissingInformation, Necessity, NotCovered, OtherPayer, PatientShare,
    Payment, ProviderData, TimelyFiling,
};
use super::{Reason, denied, expected, waiting};

/// Every row, in the order of the first code.
pub static REASONS: &[Reason] = &[
    expected(&["1"], PatientShare, "deductible"),
    expected(&["2"], PatientShare, "coinsurance"),
    expected(&["3"], PatientShare, "copayment"),
    denied(&["4"], Coding, Coders, "a modifier is missing or does not fit the procedure")
        .fix("check the modifiers of the line against its procedure"),
    denied(&["5"], Coding, Billers, "place of service or type of bill does not fit the procedure")
        .fix("check CLM05 and the line's place of service against where it was done"),
    denied(&["6", "7"], Coding, Coders, "the procedure does not fit the patient's age or sex")
        .fix("check birth date and sex at registration first, then the procedure")
        .appeal(),
    denied(&["8"], ProviderData, Credentials, "the procedure does not fit the provider's taxonomy")
        .fix("check the taxonomy in PRV against the payer's enrolment of the provider")
        .appeal(),
    denied(&["9", "10"], Coding, Coders, "the diagnosis does not fit the patient's age or sex")
        .fix("check birth date and sex at registration first, then the diagnosis")
        .appeal(),
    denied(&["11"], Coding, Coders, "the diagnosis does not support the procedure")
        .fix("check the line's diagnosis pointers against the record; if they are right, appeal")
        .appeal(),
    denied(&["12"], Coding, Coders, "the diagnosis does not fit the type of provider")
        .fix("check the diagnosis and the provider's taxonomy")
        .appeal(),
    denied(&["13", "14"], Eligibility, FrontDesk, "service after the death or before the birth")
        .fix("check the birth and death dates and the dates of service"),
    denied(&["16", "17"], MissingInformation, Billers, "information is missing or wrong")
        .fix("find the field that the remark code names, and correct it"),
    denied(&["18"], Duplicate, Billers, "an exact duplicate of another claim or line")
        .fix("look for the payment of the first; if it was done twice, add modifier 76, 77 or 59")
        .appeal(),
    denied(&["19", "20", "21"], OtherPayer, FrontDesk, "an accident's insurance pays first")
        .fix("ask the patient about the accident and bill that insurance")
        .appeal(),
    denied(&["22"], OtherPayer, FrontDesk, "another payer comes first")
        .fix("check the order of the coverages; bill the first, then this one with its remittance"),
    expected(&["23"], OtherPayer, "what an earlier payer paid or adjusted"),
    expected(&["24"], Contract, "covered by a capitation agreement"),
    denied(&["26", "27"], Eligibility, FrontDesk, "the service is before or after the coverage")
        .fix("verify the coverage on the day of service; bill the plan of that day")
        .appeal(),
    denied(&["29"], TimelyFiling, Billers, "the time limit for filing is over")
        .act("appeal with the acknowledgments that show when the claim was first sent")
        .appeal(),
    denied(&["31"], Eligibility, FrontDesk, "the patient is not found among the payer's members")
        .fix("verify the member number and name on the card"),
    denied(&["32", "33", "34"], Eligibility, FrontDesk, "the dependant is not covered")
        .fix("verify the coverage of the dependant; bill the plan that covers it")
        .appeal(),
    denied(&["35", "119", "149"], Benefit, Billers, "the maximum of a benefit is reached")
        .act("bill the next coverage, or the patient where the group code allows it")
        .appeal(),
    denied(&["39"], Authorization, Authorizations, "authorization was asked for and refused")
        .act("appeal with the record of the request")
        .appeal(),
    denied(&["40"], Necessity, Coders, "the payer does not see an emergency")
        .fix("check the diagnosis against the record; if it is right, appeal with the record")
        .appeal(),
    expected(&["44"], Contract, "discount for prompt payment"),
    expected(&["42", "45", "A2"], Contract, "charge above the contract's fee schedule"),
    denied(&["49"], NotCovered, Coders, "a routine or preventive service that the plan leaves out")
        .fix("check whether the diagnosis names a complaint; if not, the patient pays")
        .appeal(),
    denied(&["50"], Necessity, Clinicians, "the payer does not see a medical necessity")
        .fix("check the diagnosis against the coverage policy; if right, appeal with the record")
        .appeal(),
    denied(&["51"], Benefit, Billers, "a condition from before the coverage")
        .act("appeal, or bill the patient where the group code allows it")
        .appeal(),
    denied(&["53"], NotCovered, Billers, "done by a member of the patient's family or household")
        .act("write it off; appeal if the provider is none")
        .appeal(),
    denied(&["54"], Coding, Coders, "several or assisting surgeons are not covered for this")
        .fix("check the surgeons' modifiers; if they are right, appeal with the operative report")
        .appeal(),
    denied(&["55", "56"], NotCovered, Clinicians, "the payer holds the service to be experimental")
        .act("appeal with the literature and the record")
        .appeal(),
    denied(&["58"], Coding, Billers, "the place of service is wrong for the service")
        .fix("check the place of service against where it was done")
        .appeal(),
    expected(&["59"], Contract, "reduced, because several procedures were done together"),
    denied(&["60"], Bundled, Billers, "outpatient services close to an inpatient stay")
        .fix("put the services on the claim of the stay")
        .appeal(),
    denied(&["61"], Authorization, Authorizations, "no second opinion before the surgery")
        .act("appeal with the second opinion, or with what made the surgery urgent")
        .appeal(),
    expected(&["66"], PatientShare, "deductible for blood"),
    expected(&["69", "70", "A5"], Contract, "an outlier's share of the payment"),
    expected(&["74", "75", "76"], Contract, "a hospital's share for teaching or for the poor"),
    denied(&["78"], Benefit, Billers, "days, or a room, that are not covered")
        .act("check the days of the stay, then appeal, or bill the patient where the group allows it")
        .appeal(),
    expected(&["85"], PatientShare, "interest that the patient owes"),
    expected(&["87", "232"], Contract, "a transfer between hospitals"),
    expected(&["89", "134"], Contract, "professional or technical fees that are not in this charge"),
    expected(&["90", "91"], Contract, "price of the ingredients, or fee for dispensing"),
    expected(&["94"], Bundled, "paid more than charged"),
    denied(&["95"], Authorization, Authorizations, "the plan's procedures were not followed")
        .act("appeal with the record of what was asked of the plan")
        .appeal(),
    denied(&["96"], NotCovered, Billers, "the plan does not cover it")
        .fix(
            "correct what the remark code names (where none came, ask the payer), or bill whom the group code allows",
        )
        .appeal(),
    denied(&["97"], Bundled, Coders, "included in the payment of another service")
        .fix("if the service stands by itself, add the modifier that says so; if not, write it off")
        .appeal(),
    expected(&["100"], Payment, "paid to the patient"),
    expected(&["101"], Payment, "an estimate, no decision"),
    expected(&["102"], Benefit, "settled under the major medical part of the plan"),
    expected(&["103"], Contract, "discount that the provider promised"),
    expected(&["104"], Contract, "withheld under the contract"),
    expected(&["105"], Contract, "tax withheld"),
    denied(&["106"], Eligibility, FrontDesk, "the patient did not choose this way of payment")
        .fix("verify with the plan what the patient chose"),
    denied(&["107"], Coding, Coders, "the service that this one depends on was not billed")
        .fix("bill both services on one claim")
        .appeal(),
    denied(&["108"], Coding, Billers, "the rules for renting or buying equipment are not met")
        .fix("check the rental modifiers and dates")
        .appeal(),
    denied(&["109"], OtherPayer, FrontDesk, "another payer or contractor is responsible")
        .fix("find the right payer and bill it"),
    denied(&["110"], Billing, Billers, "billed before the day of service")
        .fix("check the dates of service"),
    denied(&["111"], Billing, Billers, "covered only where assignment is accepted")
        .fix("if the office accepts assignment, say so in CLM07; if not, bill by the group code"),
    denied(&["112"], Documentation, Records, "not documented as done for the patient")
        .fix("send the documentation")
        .appeal(),
    denied(&["114"], NotCovered, Coders, "the product has no approval of the FDA")
        .fix("check the procedure and the drug code against the record; if they are right, appeal")
        .appeal(),
    denied(&["115"], Coding, Coders, "the procedure was postponed or cancelled")
        .fix("add the modifier for a cancelled procedure, 73 or 74, if the record supports it")
        .appeal(),
    denied(&["116", "117"], NotCovered, Billers, "notice to the patient or transport not accepted")
        .act("appeal with the notice or the record of the transport")
        .appeal(),
    expected(&["118"], Contract, "what goes to the network for kidney patients"),
    expected(&["121"], Payment, "the payer makes good what a member owed"),
    expected(&["122"], PatientShare, "the plan's lower share for mental health"),
    denied(&["125"], MissingInformation, Billers, "an error in billing or submission")
        .fix("find the field that the remark code names, and correct it"),
    denied(&["128"], Bundled, Billers, "the newborn's services belong to the mother's claim")
        .act("check that the mother's claim has them, then write this one off")
        .appeal(),
    denied(&["129"], OtherPayer, Billers, "what was said of an earlier payer's decision is wrong")
        .fix("copy the earlier payer's amounts and codes from its remittance"),
    expected(&["130"], Contract, "a fee for submitting the claim"),
    expected(&["131"], Contract, "discount that was negotiated for the claim"),
    expected(&["132"], Contract, "a project of the payer pays otherwise"),
    waiting(&["133"], "the payer is still reviewing"),
    denied(&["135"], Billing, Billers, "interim bills are not taken")
        .fix("bill the whole stay on one claim"),
    denied(&["136"], OtherPayer, Authorizations, "an earlier payer's rules were not followed")
        .act("appeal to the earlier payer")
        .appeal(),
    expected(&["137", "235"], Contract, "a tax or surcharge by law"),
    expected(&["139", "308"], Contract, "an agreement on who funds the service"),
    denied(&["140"], Eligibility, FrontDesk, "member number and name do not belong together")
        .fix("verify number and name on the card"),
    expected(&["142"], PatientShare, "the patient's share under Medicaid"),
    waiting(&["143"], "a part of the payment is deferred"),
    expected(&["144"], Contract, "an incentive payment"),
    denied(&["146"], Coding, Coders, "the diagnosis code was not valid on the day of service")
        .fix("use the code that was valid on that day"),
    denied(&["147"], Contract, Contracts, "the contract's rate is expired or not on file")
        .act("ask the payer to load the rate and decide anew")
        .appeal(),
    denied(&["148"], Documentation, Records, "information from another provider is missing")
        .fix("get it from that provider and send it")
        .appeal(),
    denied(
        &["150", "151", "152", "153", "154"],
        Necessity,
        Clinicians,
        "number, length or dose unsupported",
    )
    .fix("check units and dates against the record; if they are right, send the record")
    .appeal(),
    denied(&["155"], NotCovered, Records, "the patient refused the service")
        .act("appeal with the record if it was done, or write it off")
        .appeal(),
    denied(&["157", "158", "159", "160"], NotCovered, FrontDesk, "war, terror or abroad, or a risk that is excluded")
        .act("check how and where it came about, then appeal, or bill by the group code")
        .appeal(),
    expected(&["161"], Contract, "a bonus for performance"),
    denied(&["163", "164"], Documentation, Records, "the attachment did not come, or came late")
        .fix("send the attachment with the control number of PWK")
        .appeal(),
    denied(&["166"], Eligibility, FrontDesk, "after the plan's responsibility ended")
        .fix("bill the payer that took over"),
    denied(&["167"], NotCovered, Coders, "the diagnosis is not covered")
        .fix("check the diagnosis against the record; if it is right, appeal")
        .appeal(),
    expected(&["169"], Benefit, "paid as another service"),
    denied(&["170", "171", "172"], ProviderData, Credentials, "not paid to this kind of provider")
        .fix("check taxonomy and rendering provider against the payer's enrolment")
        .appeal(),
    denied(&["173", "174", "175", "176"], Documentation, Clinicians, "prescription missing or old")
        .fix("get a valid prescription and send it")
        .appeal(),
    denied(
        &["177", "178", "179", "180"],
        Eligibility,
        FrontDesk,
        "the plan's conditions are not met",
    )
    .fix("verify eligibility, spend-down and residence with the plan")
    .appeal(),
    denied(&["181", "182"], Coding, Coders, "procedure or modifier invalid on the day of service")
        .fix("use the code that was valid on that day"),
    denied(
        &["183", "184", "185"],
        ProviderData,
        Credentials,
        "this provider may not order or do it",
    )
    .fix("check the provider's number and enrolment with the payer")
    .appeal(),
    denied(&["186"], Necessity, Authorizations, "the level of care was changed")
        .act("appeal with the record of the stay")
        .appeal(),
    expected(&["187"], PatientShare, "paid out of an account of the patient for such costs"),
    denied(
        &["188", "189"],
        Coding,
        Coders,
        "the use is unapproved, or a more specific code exists",
    )
    .fix("use the specific code")
    .appeal(),
    denied(&["190"], Bundled, Billers, "included in a stay at a nursing facility")
        .act("bill the facility")
        .appeal(),
    denied(&["192"], Payment, Posters, "a code from a paper remittance that has no standard one")
        .act("read the payer's own explanation of payment"),
    denied(&["193"], Appeal, Billers, "the earlier decision stands after review")
        .act("appeal at the next level, or close it")
        .appeal(),
    denied(&["194"], Bundled, Coders, "anesthesia by the surgeon")
        .act("write it off unless the record shows another provider")
        .appeal(),
    denied(&["195"], OtherPayer, Billers, "refunded to a payer that does not come first")
        .act("find out with both payers which comes first, and whose payment stands")
        .appeal(),
    denied(
        &["62", "197", "198", "210"],
        Authorization,
        Authorizations,
        "authorization missing or exceeded",
    )
    .fix("put the authorization number into REF*G1; if there is none, ask for one afterwards")
    .appeal(),
    denied(&["199"], Coding, Billers, "revenue code and procedure do not belong together")
        .fix("check the revenue code of the line"),
    denied(&["200"], Eligibility, FrontDesk, "during a lapse of coverage")
        .fix("verify the coverage on the day of service")
        .appeal(),
    expected(&["201", "P3"], PatientShare, "the patient's, out of a fund set aside in a settlement"),
    denied(&["202"], NotCovered, Billers, "for personal comfort only")
        .act("bill the patient where the group code allows it"),
    denied(&["203"], Coding, Coders, "the service was discontinued or reduced")
        .fix("check the modifiers 52 and 53 against the record")
        .appeal(),
    denied(&["204"], NotCovered, FrontDesk, "not covered by the patient's present plan")
        .act("bill the next coverage, or the patient where the group code allows it")
        .appeal(),
    expected(&["205"], Contract, "a fee for a pharmacy's discount card"),
    denied(&["206", "207", "208"], ProviderData, Billers, "an NPI is missing, wrong or unmatched")
        .fix("check the NPI of each provider against the payer's enrolment"),
    denied(&["209"], OtherPayer, Billers, "not the patient's to pay, but perhaps another payer's")
        .act("bill the next payer"),
    denied(&["211"], Coding, Coders, "the maker of the drug gives no rebate on this drug code")
        .fix("check the drug code against the package; if it is right, appeal or write it off")
        .appeal(),
    denied(&["212"], NotCovered, Billers, "surcharges for administration are not covered")
        .act("bill by the group code, or write it off"),
    denied(&["213"], Compliance, Officers, "a referral that the law on self-referral forbids")
        .act("stop billing of this kind and have it reviewed")
        .appeal(),
    denied(&["215"], OtherPayer, Billers, "recovered from a third party")
        .act("look for the third party's payment"),
    denied(&["216"], Necessity, Authorizations, "the finding of a review organization")
        .act("appeal with the record")
        .appeal(),
    denied(&["219"], Necessity, Clinicians, "more than the injury calls for, as the payer sees it")
        .act("appeal with the record of the injury")
        .appeal(),
    denied(&["222"], Contract, Authorizations, "more than the contract allows")
        .act("appeal if the count is wrong, or write it off")
        .appeal(),
    expected(&["223"], Contract, "adjusted by law"),
    denied(&["224"], Eligibility, FrontDesk, "somebody may have used the patient's identity")
        .fix("verify who the patient was, and the card"),
    expected(&["225"], Payment, "interest or penalty"),
    denied(&["226"], Documentation, Records, "information asked of the provider did not come")
        .fix("send what was asked for")
        .appeal(),
    denied(&["227"], Documentation, FrontDesk, "information asked of the patient did not come")
        .fix("ask the patient to answer the payer, then send the claim anew")
        .appeal(),
    denied(&["228"], Documentation, Records, "information asked by an earlier payer did not come")
        .fix("send it to that payer, and then its decision to this one")
        .appeal(),
    expected(&["229"], PatientShare, "what an earlier payer left out, for the bill was of type 12X"),
    denied(&["231", "236"], Bundled, Coders, "the procedures exclude each other on one day")
        .fix("if both stand by themselves, add the modifier that says so; if not, write it off")
        .appeal(),
    denied(&["233"], NotCovered, Clinicians, "a condition that came from the hospital stay")
        .act("have quality review it, then appeal or write it off")
        .appeal(),
    denied(&["234"], Bundled, Coders, "not paid separately")
        .act("write it off unless the contract says otherwise")
        .appeal(),
    expected(&["237"], Contract, "a penalty by law or contract"),
    denied(&["141", "238", "239"], Eligibility, Billers, "the dates cover days with and without coverage")
        .fix("split the claim at the day when the coverage changed"),
    denied(&["240"], Coding, Coders, "the diagnosis does not fit the weight at birth")
        .fix("check the diagnosis, and the weight in value code 54"),
    expected(&["241"], PatientShare, "copayment of patients with a low income"),
    expected(&["245"], Contract, "withheld for the payer's performance program"),
    denied(&["242", "243", "279"], Authorization, Authorizations, "out of network")
        .fix("add the referral number if there is one; if not, appeal or bill by the group code")
        .appeal(),
    expected(&["246"], Payment, "a code that only reports"),
    expected(&["247", "248"], PatientShare, "deductible or coinsurance of professional services"),
    denied(&["249"], Necessity, Authorizations, "a readmission")
        .act("appeal with the records of both stays")
        .appeal(),
    denied(&["250", "251", "252"], Documentation, Records, "an attachment is required")
        .fix("send the attachment that the remark code names")
        .appeal(),
    expected(&["253"], Contract, "sequestration"),
    denied(
        &["254", "270", "280", "297", "301", "304"],
        OtherPayer,
        Billers,
        "another plan of the patient covers it",
    )
    .fix("bill the plan that covers it"),
    denied(&["256"], Contract, Contracts, "not payable under the managed care contract")
        .act("check the contract, then appeal or write it off")
        .appeal(),
    waiting(&["257", "277"], "the member's premium is in its grace period"),
    denied(&["258"], NotCovered, FrontDesk, "the patient was in custody")
        .fix("bill the authority that had custody")
        .appeal(),
    expected(&["259"], Payment, "more is paid for the use of dental or vision care"),
    expected(&["260"], Contract, "paid by the raised fees of Medicaid"),
    expected(
        &["262", "263", "264", "265", "266"],
        Contract,
        "what delivery, administration or mixing costs",
    ),
    denied(&["261"], Coding, Coders, "does not fit the patient's history")
        .fix("check the procedure against the patient's earlier claims")
        .appeal(),
    denied(&["267", "268"], Billing, Billers, "the dates cover several months or years")
        .fix("split the claim by month or year"),
    denied(&["269"], NotCovered, Coders, "anesthesia is not covered for this procedure")
        .fix("check the procedure and what made the anesthesia needed; if they are right, appeal")
        .appeal(),
    expected(&["271"], Contract, "taken off before, and now paid in instalments"),
    denied(&["272", "273", "B5"], Necessity, Authorizations, "coverage guidelines are not met")
        .act("appeal with the record")
        .appeal(),
    denied(&["274"], Contract, Contracts, "not payable while a provider coordinates the care")
        .act("check the agreement on the patient's care, then appeal or write it off")
        .appeal(),
    denied(&["275", "276"], OtherPayer, Billers, "an earlier payer's rest is not covered")
        .act("bill by the group code, or write it off")
        .appeal(),
    expected(&["278"], Contract, "less, for an aim of the performance program was missed"),
    expected(&["281"], Contract, "a deductible that the contract waives"),
    denied(&["282"], Coding, Billers, "the procedure does not fit the type of bill")
        .fix("check the type of bill in CLM05"),
    denied(&["283", "299"], ProviderData, Credentials, "this provider may not bill it")
        .fix("check the provider's number and enrolment with the payer")
        .appeal(),
    denied(&["15", "284", "296"], Authorization, Authorizations, "authorized for something else")
        .fix("check the number in REF*G1; ask the payer to change the authorization")
        .appeal(),
    denied(&["138", "285", "286"], Appeal, Billers, "the appeal was late or not in due form")
        .act("check whether another level is open, or close it"),
    denied(&["165", "287", "288"], Authorization, Authorizations, "the referral is exceeded or missing")
        .fix("put the referral number into REF*9F")
        .appeal(),
    denied(&["168", "289"], NotCovered, Billers, "neither the dental nor the medical plan covers it")
        .act("bill the next coverage, or the patient where the group code allows it")
        .appeal(),
    waiting(
        &["290", "291", "292", "298", "300", "305"],
        "passed on to another plan of the patient",
    ),
    denied(&["293", "294"], Payment, Posters, "paid to an employer or an attorney")
        .act("ask whom the payer paid for the money"),
    expected(&["295"], Contract, "a pharmacy's remuneration outside the price"),
    denied(&["302"], Authorization, Authorizations, "the authorization has run out")
        .fix("ask for a new one for the day of service, and put its number into REF*G1")
        .appeal(),
    expected(&["303"], OtherPayer, "an earlier payer's share, which nobody may ask of such a patient"),
    denied(&["306"], Coding, Billers, "the type of bill does not fit the patient's status")
        .fix("check the type of bill in CLM05 and the patient status in CL1"),
    expected(&["307"], Contract, "a refund of the price that Medicare negotiated for a drug"),
    expected(&["A0"], Payment, "refunded to the patient"),
    denied(&["A1"], MissingInformation, Billers, "denied, as the remark code tells")
        .fix("correct what the remark code names, or appeal")
        .appeal(),
    denied(&["A6"], NotCovered, Authorizations, "no earlier stay of the length that is required")
        .act("appeal with the record of the earlier stay")
        .appeal(),
    denied(&["A8"], Coding, Coders, "no diagnosis related group fits the claim")
        .fix("check diagnoses, procedures and discharge status"),
    denied(&["B1"], Benefit, Billers, "visits that are not covered")
        .act("bill the patient where the group code allows it")
        .appeal(),
    denied(&["B4"], TimelyFiling, Billers, "a penalty for late filing")
        .act("appeal with the acknowledgments that show when the claim was first sent")
        .appeal(),
    denied(&["B7"], ProviderData, Credentials, "the provider was not certified on that day")
        .fix("check the date of enrolment with the payer")
        .appeal(),
    denied(&["B8"], Necessity, Clinicians, "another service should have been used")
        .act("appeal with the record of why this one was needed")
        .appeal(),
    denied(&["B9"], OtherPayer, FrontDesk, "the patient is enrolled in a hospice")
        .fix("add modifier GV or GW, or bill the hospice if the service is part of its care"),
    denied(&["B10"], Bundled, Coders, "a component was paid already")
        .fix("check the modifiers for the professional and technical component")
        .appeal(),
    waiting(&["B11"], "passed on to the payer that is responsible"),
    denied(&["B12"], Documentation, Records, "not documented in the patient's record")
        .fix("send the documentation")
        .appeal(),
    denied(&["B13"], Duplicate, Posters, "paid before")
        .act("find the earlier payment; appeal if there is none")
        .appeal(),
    denied(&["B14", "B16"], Coding, Coders, "one visit a day, or not a new patient")
        .fix("check the level of the visit and whether the patient was seen before")
        .appeal(),
    denied(&["B15"], Coding, Coders, "the service that this one depends on is missing")
        .fix("bill both services on one claim")
        .appeal(),
    denied(&["B20"], Duplicate, Coders, "done by another provider, in whole or in part")
        .fix("check the modifiers for shared care; if they are right, appeal")
        .appeal(),
    denied(&["B22"], Necessity, Coders, "adjusted because of the diagnosis")
        .fix("check the diagnosis against the record; if it is right, appeal")
        .appeal(),
    denied(&["B23"], ProviderData, Credentials, "the laboratory is not certified for this test")
        .fix("put the certificate number into REF*X4")
        .appeal(),
    // Insurance of accidents: workers' compensation, automobiles, liability. Payers that have not gone over
    // still write the codes that these took the place of.
    denied(&["162", "P1"], Billing, Billers, "a state's rule for such insurance, as the remark code tells")
        .fix("correct what the remark code names, or appeal")
        .appeal(),
    denied(&["191", "214", "P2", "P4"], OtherPayer, FrontDesk, "not an injury of this insurance")
        .fix("bill the patient's health plan; if the injury was at work, appeal")
        .appeal(),
    expected(
        &["217", "P5", "P12", "P23", "P29", "W1", "Y3"],
        Contract,
        "charge above the fee schedule of the law, or above what is usual",
    ),
    denied(&["218", "P6"], Benefit, FrontDesk, "the patient is not entitled to it, or not to all of it")
        .act("verify with the insurance what the patient is entitled to, then appeal or bill the next")
        .appeal(),
    denied(&["220", "230", "P7", "P9"], Coding, Coders, "the fee schedule does not have the code")
        .fix("bill the code that the fee schedule of the state has for it")
        .appeal(),
    waiting(&["221", "P8"], "the payer still investigates"),
    waiting(&["244", "255", "P10", "P11"], "a lawsuit is pending"),
    denied(&["P13", "W2"], Contract, Contracts, "paid less, or denied, by the state's rules")
        .act("look the rule up; appeal if it does not hold, or write it off")
        .appeal(),
    denied(&["P14", "W3"], Bundled, Coders, "included in another service of the same day")
        .fix("if the service stands by itself, add the modifier that says so; if not, write it off")
        .appeal(),
    denied(&["P15", "W4"], Necessity, Authorizations, "beyond the guideline for treatment")
        .act("appeal with the record, or ask for a review")
        .appeal(),
    denied(&["P16", "W5"], ProviderData, Credentials, "the provider may not treat injured workers")
        .fix("check the provider's certificate with the state")
        .appeal(),
    denied(&["P17", "W6"], Authorization, Authorizations, "the attending physician did not refer")
        .fix("get the referral and put its number into REF*9F")
        .appeal(),
    expected(&["P18", "W7"], Contract, "paid like another service, for the fee schedule does not have it"),
    denied(&["P19", "P20", "W8", "W9"], Contract, Contracts, "the fee schedule pays nothing for it")
        .fix("check the procedure and the place of service against the schedule, or write it off")
        .appeal(),
    denied(&["P21", "P27", "Y1"], NotCovered, FrontDesk, "denied under the rules of this insurance")
        .act("bill the patient's health plan, or appeal")
        .appeal(),
    expected(&["P22", "P28", "Y2"], Contract, "less by the rules of this insurance"),
    expected(&["P24", "P25", "P26"], Contract, "discount of a network"),
    denied(&["P30"], Documentation, Records, "no complete record of why it grew worse")
        .fix("send the record of the change for the worse")
        .appeal(),
    denied(&["P31"], Necessity, Authorizations, "treated for longer than the state allows")
        .act("appeal with the record of the change for the worse")
        .appeal(),
    denied(&["P32"], OtherPayer, FrontDesk, "a part of the injury is another insurance's")
        .act("ask which insurance bears the rest, and bill it")
        .appeal(),
];
