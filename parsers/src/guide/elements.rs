//! Data elements of the base standard, by number: their form and their length.
//!
//! Limits that one guide alone sets stand in the guide's table (`at_most`), not here.

use super::row::Kind::{AN, DT, ID, N0, R, TM};
use super::row::{Data, data};

/// Transaction sets that were accepted.
pub const E2: Data = data(2, N0, 1, 6);
/// City.
pub const E19: Data = data(19, AN, 2, 30);
/// Country.
pub const E26: Data = data(26, ID, 2, 3);
/// Number of a functional group, by its sender.
pub const E28: Data = data(28, N0, 1, 9);
/// What kind of identifier follows.
pub const E66: Data = data(66, ID, 1, 2);
/// Identifier of a person, organization or document.
pub const E67: Data = data(67, AN, 2, 80);
/// Weight.
pub const E81: Data = data(81, R, 1, 10);
/// Name in one piece.
pub const E93: Data = data(93, AN, 1, 60);
/// Segments in a transaction set, ST and SE counted.
pub const E96: Data = data(96, N0, 1, 10);
/// Transaction sets in a functional group.
pub const E97: Data = data(97, N0, 1, 6);
/// Which part someone plays: payer, patient, billing provider.
pub const E98: Data = data(98, ID, 2, 3);
/// Currency.
pub const E100: Data = data(100, ID, 3, 3);
/// Postal code.
pub const E116: Data = data(116, ID, 3, 15);
/// Rate.
pub const E118: Data = data(118, R, 1, 9);
/// Transaction sets that came in.
pub const E123: Data = data(123, N0, 1, 6);
/// A reference number; the qualifier beside it says which.
pub const E127: Data = data(127, AN, 1, 50);
/// What a reference number refers to.
pub const E128: Data = data(128, ID, 2, 3);
/// Transaction set: 837, 835.
pub const E143: Data = data(143, ID, 3, 3);
/// State or province.
pub const E156: Data = data(156, ID, 2, 2);
/// Street address, one line.
pub const E166: Data = data(166, AN, 1, 55);
/// Code of a product or service.
pub const E234: Data = data(234, AN, 1, 48);
/// Which list a product or service code comes from.
pub const E235: Data = data(235, ID, 2, 2);
/// How the payer wants the remittance handled.
pub const E305: Data = data(305, ID, 1, 2);
/// What is to be done about a status.
pub const E306: Data = data(306, ID, 1, 2);
/// Number of a transaction set, by its sender.
pub const E329: Data = data(329, AN, 4, 9);
/// Percentage.
pub const E332: Data = data(332, R, 1, 6);
/// Time of day.
pub const E337: Data = data(337, TM, 4, 8);
/// Discount, in percent.
pub const E338: Data = data(338, R, 1, 6);
/// Number of a question on a form.
pub const E350: Data = data(350, AN, 1, 20);
/// Description in free text.
pub const E352: Data = data(352, AN, 1, 80);
/// Why a transaction is sent: original, repeat.
pub const E353: Data = data(353, ID, 2, 2);
/// Unit of measure.
pub const E355: Data = data(355, ID, 2, 2);
/// What a note is about.
pub const E363: Data = data(363, ID, 3, 3);
/// Telephone number or address for messages.
pub const E364: Data = data(364, AN, 1, 256);
/// Telephone, fax or mail.
pub const E365: Data = data(365, ID, 2, 2);
/// What a contact is for.
pub const E366: Data = data(366, ID, 2, 2);
/// Date.
pub const E373: Data = data(373, DT, 8, 8);
/// What happened on a date.
pub const E374: Data = data(374, ID, 3, 3);
/// Quantity.
pub const E380: Data = data(380, R, 1, 15);
/// Why a provider's balance was adjusted.
pub const E426: Data = data(426, ID, 2, 2);
/// Loop in which an error was found.
///
/// The dictionary says four characters; the 999 guide widens it, for `2010BA` has six.
pub const E447: Data = data(447, AN, 1, 6);
/// Text in a form that a regulator has set.
pub const E449: Data = data(449, AN, 1, 80);
/// Money in or money out.
pub const E478: Data = data(478, ID, 1, 1);
/// Kind of functional group: HC, HP.
pub const E479: Data = data(479, ID, 2, 2);
/// Version and guide of a functional group.
pub const E480: Data = data(480, AN, 1, 12);
/// Whose trace number it is.
pub const E481: Data = data(481, ID, 1, 2);
/// Which numbering a bank's number follows.
pub const E506: Data = data(506, ID, 2, 2);
/// Number of a bank.
pub const E507: Data = data(507, AN, 3, 12);
/// Number of a bank account.
pub const E508: Data = data(508, AN, 1, 35);
/// Company that starts a payment.
pub const E509: Data = data(509, AN, 10, 10);
/// Company's own supplement to its identifier.
pub const E510: Data = data(510, AN, 9, 9);
/// What an amount of money is for.
pub const E522: Data = data(522, ID, 1, 3);
/// Counter, such as a service line's number.
pub const E554: Data = data(554, N0, 1, 6);
/// Kind of bank account.
pub const E569: Data = data(569, ID, 1, 3);
/// How a payment is made: check, transfer.
pub const E591: Data = data(591, ID, 3, 3);
/// How often something is billed or given.
pub const E594: Data = data(594, ID, 1, 1);
/// What was wrong with a transaction set.
pub const E618: Data = data(618, ID, 1, 3);
/// What was wrong with a segment.
pub const E620: Data = data(620, ID, 1, 3);
/// What was wrong with an element.
pub const E621: Data = data(621, ID, 1, 3);
/// Number of a level.
pub const E628: Data = data(628, AN, 1, 12);
/// What kind of transaction it is.
pub const E640: Data = data(640, ID, 2, 2);
/// What a quantity counts.
pub const E673: Data = data(673, ID, 2, 2);
/// Whether a functional group was accepted.
pub const E715: Data = data(715, ID, 1, 1);
/// What was wrong with a functional group.
pub const E716: Data = data(716, ID, 1, 3);
/// Whether a transaction set was accepted.
pub const E717: Data = data(717, ID, 1, 1);
/// What was wrong with a transaction set, in a 997.
pub const E718: Data = data(718, ID, 1, 3);
/// Where in a transaction set a segment stands, counted from ST.
pub const E719: Data = data(719, N0, 1, 6);
/// What was wrong with a segment, in a 997.
pub const E720: Data = data(720, ID, 1, 3);
/// Tag of a segment.
pub const E721: Data = data(721, ID, 2, 3);
/// Where in a segment an element stands.
pub const E722: Data = data(722, N0, 1, 2);
/// What was wrong with an element, in a 997.
pub const E723: Data = data(723, ID, 1, 3);
/// Copy of a value that was wrong.
pub const E724: Data = data(724, AN, 1, 99);
/// Number of an element in the dictionary of the standard.
///
/// The dictionary says a whole number; the published acknowledgments name composites too (`C023`).
pub const E725: Data = data(725, AN, 1, 4);
/// Number of the level above.
pub const E734: Data = data(734, AN, 1, 12);
/// What a level describes: subscriber, patient.
pub const E735: Data = data(735, ID, 1, 2);
/// Whether there are levels below.
pub const E736: Data = data(736, ID, 1, 1);
/// What a measurement belongs to.
pub const E737: Data = data(737, ID, 2, 2);
/// What was measured.
pub const E738: Data = data(738, ID, 1, 3);
/// Measured value.
pub const E739: Data = data(739, R, 1, 20);
/// What kind of document is attached.
pub const E755: Data = data(755, ID, 2, 2);
/// How a document or report travels.
pub const E756: Data = data(756, ID, 1, 2);
/// Amount of money.
pub const E782: Data = data(782, R, 1, 18);
/// Version of a contract.
pub const E799: Data = data(799, AN, 1, 30);
/// Form of an electronic payment.
pub const E812: Data = data(812, ID, 1, 10);
/// Why a repricer rejected a claim.
pub const E901: Data = data(901, ID, 2, 2);
/// Free text.
pub const E933: Data = data(933, AN, 1, 264);
/// Fraction, written as a decimal.
pub const E954: Data = data(954, R, 1, 10);
/// How the levels of a transaction are arranged.
pub const E1005: Data = data(1005, ID, 4, 4);
/// Claim number, as the provider counts.
pub const E1028: Data = data(1028, AN, 1, 38);
/// What became of a claim: paid, denied, reversed.
pub const E1029: Data = data(1029, ID, 1, 2);
/// What kind of plan a claim goes to.
pub const E1032: Data = data(1032, ID, 1, 2);
/// Who bears an adjustment: contract, patient.
pub const E1033: Data = data(1033, ID, 1, 2);
/// Why an amount was adjusted.
pub const E1034: Data = data(1034, ID, 1, 5);
/// Last name, or name of an organization.
pub const E1035: Data = data(1035, AN, 1, 60);
/// First name.
pub const E1036: Data = data(1036, AN, 1, 35);
/// Middle name.
pub const E1037: Data = data(1037, AN, 1, 25);
/// Title before a name.
pub const E1038: Data = data(1038, AN, 1, 10);
/// Suffix of a name: Jr, III.
pub const E1039: Data = data(1039, AN, 1, 10);
/// Person or organization.
pub const E1065: Data = data(1065, ID, 1, 1);
/// Sex.
pub const E1068: Data = data(1068, ID, 1, 1);
/// How the patient is related to the insured.
pub const E1069: Data = data(1069, ID, 2, 2);
/// Yes, no, or does not apply.
pub const E1073: Data = data(1073, ID, 1, 1);
/// What a list of conditions is about.
pub const E1136: Data = data(1136, ID, 2, 2);
/// Turn in which a payer pays.
pub const E1138: Data = data(1138, ID, 1, 1);
/// Kind of contract.
pub const E1166: Data = data(1166, ID, 2, 2);
/// Part that a provider plays.
pub const E1221: Data = data(1221, ID, 1, 3);
/// How a date, time or range is written.
pub const E1250: Data = data(1250, ID, 2, 3);
/// Date, time or range.
pub const E1251: Data = data(1251, AN, 1, 35);
/// Which code list a code comes from.
pub const E1270: Data = data(1270, ID, 1, 3);
/// Code from an outside list.
pub const E1271: Data = data(1271, AN, 1, 30);
/// Where a patient was admitted from.
pub const E1314: Data = data(1314, ID, 1, 1);
/// How urgent an admission was.
pub const E1315: Data = data(1315, ID, 1, 1);
/// Why an ambulance was called.
pub const E1317: Data = data(1317, ID, 1, 1);
/// Condition.
pub const E1321: Data = data(1321, ID, 2, 3);
/// Kind of certification.
pub const E1322: Data = data(1322, ID, 1, 1);
/// Original, replacement or void.
pub const E1325: Data = data(1325, ID, 1, 1);
/// Whether the patient pays a share.
pub const E1327: Data = data(1327, ID, 1, 1);
/// Which diagnosis a line points at.
pub const E1328: Data = data(1328, N0, 1, 2);
/// Place of service, or type of facility.
pub const E1331: Data = data(1331, AN, 1, 2);
/// Which list the place of service comes from.
pub const E1332: Data = data(1332, ID, 1, 2);
/// Kind of insurance.
pub const E1336: Data = data(1336, ID, 1, 3);
/// Modifier of a procedure.
pub const E1339: Data = data(1339, AN, 2, 2);
/// Condition of the patient.
pub const E1342: Data = data(1342, ID, 1, 1);
/// How a patient's signature was obtained.
pub const E1351: Data = data(1351, ID, 1, 1);
/// Status of a patient at discharge.
pub const E1352: Data = data(1352, ID, 1, 2);
/// Diagnosis related group.
pub const E1354: Data = data(1354, ID, 1, 4);
/// Whether a prosthesis, crown or inlay is the first or replaces one.
pub const E1358: Data = data(1358, ID, 1, 1);
/// Whether the provider takes assignment.
pub const E1359: Data = data(1359, ID, 1, 1);
/// Area of the mouth.
pub const E1361: Data = data(1361, ID, 1, 3);
/// What caused an illness or injury.
pub const E1362: Data = data(1362, ID, 2, 3);
/// Whether the patient lets data be released.
pub const E1363: Data = data(1363, ID, 1, 1);
/// Special program that a claim falls under.
pub const E1366: Data = data(1366, ID, 2, 3);
/// State of a tooth: missing, to be extracted.
pub const E1368: Data = data(1368, ID, 1, 2);
/// Surface of a tooth.
pub const E1369: Data = data(1369, ID, 1, 2);
/// Whether a claim asks for money or for a forecast of benefits.
pub const E1383: Data = data(1383, ID, 2, 2);
/// How a claim was priced.
pub const E1473: Data = data(1473, ID, 2, 2);
/// Why a claim is late.
pub const E1514: Data = data(1514, ID, 1, 2);
/// Whether the policy's terms were met.
pub const E1526: Data = data(1526, ID, 1, 2);
/// Why a claim falls outside the terms.
pub const E1527: Data = data(1527, ID, 1, 2);
/// Where in a composite a part stands.
pub const E1528: Data = data(1528, N0, 1, 2);
/// Which repetition of an element.
pub const E1686: Data = data(1686, N0, 1, 4);
/// Guide that a transaction set follows.
pub const E1705: Data = data(1705, AN, 1, 35);
/// Part of a country.
pub const E1715: Data = data(1715, ID, 1, 3);
/// What an error's context refers to.
pub const E9998: Data = data(9998, AN, 1, 35);
/// Name of an error's context.
pub const E9999: Data = data(9999, AN, 1, 35);
