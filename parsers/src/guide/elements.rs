//! Data elements of the base standard, by number: their form and their length.
//!
//! Limits that one guide alone sets stand in the guide's table (`at_most`), not here.

use super::row::Kind::{AN, DT, ID, N0, R, TM};
use super::row::{Data, data};

/// Transaction sets that were accepted.
pub const E2: Data = data(2, N0, 1, 6);
/// Why an adjustment is late.
pub const E9: Data = data(9, ID, 2, 2);
/// City.
pub const E19: Data = data(19, AN, 2, 30);
/// Commodity.
pub const E22: Data = data(22, AN, 1, 30);
/// Which commodity list.
pub const E23: Data = data(23, ID, 1, 1);
/// Country.
pub const E26: Data = data(26, ID, 2, 3);
/// Number of a functional group, by its sender.
pub const E28: Data = data(28, N0, 1, 9);
/// Free information.
pub const E61: Data = data(61, AN, 1, 30);
/// Height.
pub const E65: Data = data(65, R, 1, 8);
/// What kind of identifier follows.
pub const E66: Data = data(66, ID, 1, 2);
/// Identifier of a person, organization or document.
pub const E67: Data = data(67, AN, 2, 80);
/// Weight.
pub const E81: Data = data(81, R, 1, 10);
/// Length.
pub const E82: Data = data(82, R, 1, 8);
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
/// Who owns it.
pub const E102: Data = data(102, ID, 1, 1);
/// Packaging.
pub const E103: Data = data(103, AN, 3, 5);
/// Method of payment.
pub const E107: Data = data(107, ID, 1, 2);
/// Postal code.
pub const E116: Data = data(116, ID, 3, 15);
/// Rate.
pub const E118: Data = data(118, R, 1, 9);
/// Transaction sets that came in.
pub const E123: Data = data(123, N0, 1, 6);
/// Receiving application.
pub const E124: Data = data(124, AN, 2, 15);
/// A reference number; the qualifier beside it says which.
pub const E127: Data = data(127, AN, 1, 50);
/// What a reference number refers to.
pub const E128: Data = data(128, ID, 2, 3);
/// Sending application.
pub const E142: Data = data(142, AN, 2, 15);
/// Transaction set: 837, 835.
pub const E143: Data = data(143, ID, 3, 3);
/// State or province.
pub const E156: Data = data(156, ID, 2, 2);
/// Street address, one line.
pub const E166: Data = data(166, AN, 1, 55);
/// Volume.
pub const E183: Data = data(183, R, 1, 8);
/// Unit of volume.
pub const E184: Data = data(184, ID, 1, 1);
/// Unit of weight.
pub const E188: Data = data(188, ID, 1, 1);
/// Price of a unit.
pub const E212: Data = data(212, R, 1, 17);
/// Code of a product or service.
pub const E234: Data = data(234, AN, 1, 48);
/// Which list a product or service code comes from.
pub const E235: Data = data(235, ID, 2, 2);
/// Kind of price.
pub const E236: Data = data(236, ID, 3, 3);
/// Allowance or charge.
pub const E248: Data = data(248, ID, 1, 1);
/// Exchange rate.
pub const E280: Data = data(280, R, 4, 10);
/// Units that a price covers.
pub const E289: Data = data(289, N0, 1, 2);
/// How the payer wants the remittance handled.
pub const E305: Data = data(305, ID, 1, 2);
/// What is to be done about a status.
pub const E306: Data = data(306, ID, 1, 2);
/// Kind of place.
pub const E309: Data = data(309, ID, 1, 2);
/// Place.
pub const E310: Data = data(310, ID, 1, 30);
/// Tax number.
pub const E325: Data = data(325, AN, 1, 20);
/// Number of a transaction set, by its sender.
pub const E329: Data = data(329, AN, 4, 9);
/// How an allowance is settled.
pub const E331: Data = data(331, ID, 2, 2);
/// Percentage.
pub const E332: Data = data(332, R, 1, 6);
/// Time of day.
pub const E337: Data = data(337, TM, 4, 8);
/// Discount, in percent.
pub const E338: Data = data(338, R, 1, 6);
/// Form of a description.
pub const E349: Data = data(349, ID, 1, 1);
/// Number of a question on a form.
pub const E350: Data = data(350, AN, 1, 20);
/// Description in free text.
pub const E352: Data = data(352, AN, 1, 80);
/// Why a transaction is sent: original, repeat.
pub const E353: Data = data(353, ID, 2, 2);
/// Unit of measure.
pub const E355: Data = data(355, ID, 2, 2);
/// Quantity invoiced.
pub const E358: Data = data(358, R, 1, 15);
/// What a note is about.
pub const E363: Data = data(363, ID, 3, 3);
/// Telephone number or address for messages.
pub const E364: Data = data(364, AN, 1, 256);
/// Telephone, fax or mail.
pub const E365: Data = data(365, ID, 2, 2);
/// What a contact is for.
pub const E366: Data = data(366, ID, 2, 2);
/// Free description.
pub const E369: Data = data(369, AN, 1, 45);
/// Date.
pub const E373: Data = data(373, DT, 8, 8);
/// What happened on a date.
pub const E374: Data = data(374, ID, 3, 3);
/// What a percentage is of.
pub const E378: Data = data(378, ID, 1, 1);
/// Quantity.
pub const E380: Data = data(380, R, 1, 15);
/// Why a provider's balance was adjusted.
pub const E426: Data = data(426, ID, 2, 2);
/// Check number.
pub const E429: Data = data(429, AN, 1, 16);
/// Tax exemption.
pub const E441: Data = data(441, ID, 1, 1);
/// Contact for questions.
pub const E443: Data = data(443, AN, 1, 20);
/// Loop in which an error was found.
///
/// The dictionary says four characters; the 999 guide widens it, for `2010BA` has six.
pub const E447: Data = data(447, AN, 1, 6);
/// Text in a form that a regulator has set.
pub const E449: Data = data(449, AN, 1, 80);
/// Responsible agency.
pub const E455: Data = data(455, ID, 1, 2);
/// Money in or money out.
pub const E478: Data = data(478, ID, 1, 1);
/// Kind of functional group: HC, HP.
pub const E479: Data = data(479, ID, 2, 2);
/// Version and guide of a functional group.
pub const E480: Data = data(480, AN, 1, 12);
/// Whose trace number it is.
pub const E481: Data = data(481, ID, 1, 2);
/// What is paid.
pub const E482: Data = data(482, ID, 2, 2);
/// Value of a condition.
pub const E499: Data = data(499, AN, 1, 10);
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
/// Vehicle number.
pub const E539: Data = data(539, AN, 1, 30);
/// Counter, such as a service line's number.
pub const E554: Data = data(554, N0, 1, 6);
/// Agency of a list.
pub const E559: Data = data(559, ID, 2, 2);
/// Kind of rate.
pub const E562: Data = data(562, ID, 1, 2);
/// Kind of bank account.
pub const E569: Data = data(569, ID, 1, 3);
/// Employment.
pub const E584: Data = data(584, ID, 2, 2);
/// How a payment is made: check, transfer.
pub const E591: Data = data(591, ID, 3, 3);
/// How often something is billed or given.
pub const E594: Data = data(594, ID, 1, 1);
/// Count.
pub const E609: Data = data(609, N0, 1, 9);
/// Amount in whole cents: the standard puts the point before the last two digits.
pub const E610: Data = data(610, N0, 1, 15);
/// Unit of time.
pub const E615: Data = data(615, ID, 1, 2);
/// Number of periods.
pub const E616: Data = data(616, N0, 1, 3);
/// What was wrong with a transaction set.
pub const E618: Data = data(618, ID, 1, 3);
/// What was wrong with a segment.
pub const E620: Data = data(620, ID, 1, 3);
/// What was wrong with an element.
pub const E621: Data = data(621, ID, 1, 3);
/// Time zone.
pub const E623: Data = data(623, ID, 2, 2);
/// Number of a level.
pub const E628: Data = data(628, AN, 1, 12);
/// Basis of the price.
pub const E639: Data = data(639, ID, 2, 2);
/// What kind of transaction it is.
pub const E640: Data = data(640, ID, 2, 2);
/// Kind of multiplier.
pub const E648: Data = data(648, ID, 3, 3);
/// Multiplier.
pub const E649: Data = data(649, R, 1, 10);
/// Basis of verification.
pub const E659: Data = data(659, ID, 1, 2);
/// Relationship of items.
pub const E662: Data = data(662, ID, 1, 1);
/// Currency market.
pub const E669: Data = data(669, ID, 3, 3);
/// What a quantity counts.
pub const E673: Data = data(673, ID, 2, 2);
/// Days of delivery.
pub const E678: Data = data(678, ID, 1, 2);
/// Times of delivery.
pub const E679: Data = data(679, ID, 1, 1);
/// Class of trade.
pub const E687: Data = data(687, ID, 2, 2);
/// Occupancy.
pub const E689: Data = data(689, ID, 2, 2);
/// What to do with the papers.
pub const E704: Data = data(704, ID, 1, 2);
/// How parties are related.
pub const E706: Data = data(706, ID, 2, 2);
/// Whether a functional group was accepted.
pub const E715: Data = data(715, ID, 1, 1);
/// What was wrong with a functional group.
pub const E716: Data = data(716, ID, 1, 3);
/// Whether a transaction set was accepted.
pub const E717: Data = data(717, ID, 1, 1);
/// Fault of the transaction set.
pub const E718: Data = data(718, ID, 1, 3);
/// Where in a transaction set a segment stands, counted from ST.
pub const E719: Data = data(719, N0, 1, 10);
/// Fault of the segment.
pub const E720: Data = data(720, ID, 1, 3);
/// Tag of a segment.
pub const E721: Data = data(721, ID, 2, 3);
/// Where in a segment an element stands.
pub const E722: Data = data(722, N0, 1, 2);
/// Fault of the element.
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
/// Lowest value.
pub const E740: Data = data(740, R, 1, 20);
/// Highest value.
pub const E741: Data = data(741, R, 1, 20);
/// Characteristic of a product.
pub const E750: Data = data(750, ID, 2, 3);
/// Product description code.
pub const E751: Data = data(751, AN, 1, 12);
/// Surface or position.
pub const E752: Data = data(752, ID, 2, 2);
/// How it was measured.
pub const E753: Data = data(753, ID, 2, 4);
/// Packaging description.
pub const E754: Data = data(754, AN, 1, 7);
/// What kind of document is attached.
pub const E755: Data = data(755, ID, 2, 2);
/// How a document or report travels.
pub const E756: Data = data(756, ID, 1, 2);
/// Copies needed.
pub const E757: Data = data(757, N0, 1, 2);
/// Option.
pub const E770: Data = data(770, AN, 1, 20);
/// Amount of money.
pub const E782: Data = data(782, R, 1, 18);
/// Security level.
pub const E786: Data = data(786, ID, 2, 2);
/// Version of a contract.
pub const E799: Data = data(799, AN, 1, 30);
/// Form of an electronic payment.
pub const E812: Data = data(812, ID, 1, 10);
/// Language.
pub const E819: Data = data(819, ID, 2, 3);
/// Hazard.
pub const E821: Data = data(821, ID, 3, 3);
/// Part of an agency's list.
pub const E822: Data = data(822, AN, 1, 15);
/// Basis of a percentage.
pub const E828: Data = data(828, R, 1, 9);
/// What is to be changed.
pub const E875: Data = data(875, ID, 3, 3);
/// What to do next.
pub const E889: Data = data(889, ID, 1, 1);
/// Why a repricer rejected a claim.
pub const E901: Data = data(901, ID, 2, 2);
/// Discipline.
pub const E921: Data = data(921, ID, 2, 2);
/// Prognosis.
pub const E923: Data = data(923, ID, 1, 1);
/// Free text.
pub const E933: Data = data(933, AN, 1, 264);
/// How text is printed.
pub const E934: Data = data(934, AN, 2, 2);
/// Meaning of the measurement.
pub const E935: Data = data(935, ID, 2, 2);
/// Attribute measured.
pub const E936: Data = data(936, ID, 2, 2);
/// Fraction, written as a decimal.
pub const E954: Data = data(954, R, 1, 10);
/// Which list of tax areas.
pub const E955: Data = data(955, ID, 2, 2);
/// Tax area.
pub const E956: Data = data(956, AN, 1, 10);
/// Kind of tax.
pub const E963: Data = data(963, ID, 2, 2);
/// What a percentage counts.
pub const E1004: Data = data(1004, ID, 1, 2);
/// How the levels of a transaction are arranged.
pub const E1005: Data = data(1005, ID, 4, 4);
/// Exponent.
pub const E1018: Data = data(1018, R, 1, 15);
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
/// Purpose of the payment.
pub const E1048: Data = data(1048, ID, 1, 3);
/// Person or organization.
pub const E1065: Data = data(1065, ID, 1, 1);
/// Citizenship.
pub const E1066: Data = data(1066, ID, 1, 2);
/// Marital status.
pub const E1067: Data = data(1067, ID, 1, 1);
/// Sex.
pub const E1068: Data = data(1068, ID, 1, 1);
/// How the patient is related to the insured.
pub const E1069: Data = data(1069, ID, 2, 2);
/// Yes, no, or does not apply.
pub const E1073: Data = data(1073, ID, 1, 1);
/// Kind of real estate.
pub const E1074: Data = data(1074, ID, 2, 2);
/// Year.
pub const E1096: Data = data(1096, N0, 4, 4);
/// Race or ethnicity.
pub const E1109: Data = data(1109, ID, 1, 1);
/// Nature of an adjustment.
pub const E1129: Data = data(1129, ID, 1, 2);
/// Primary or contingent.
pub const E1130: Data = data(1130, ID, 1, 1);
/// What a list of conditions is about.
pub const E1136: Data = data(1136, ID, 2, 2);
/// Medical code.
pub const E1137: Data = data(1137, AN, 1, 15);
/// Turn in which a payer pays.
pub const E1138: Data = data(1138, ID, 1, 1);
/// Coordination of benefits.
pub const E1143: Data = data(1143, ID, 1, 1);
/// Kind of disability.
pub const E1146: Data = data(1146, ID, 1, 1);
/// Occupation.
pub const E1149: Data = data(1149, ID, 4, 6);
/// Work intensity.
pub const E1154: Data = data(1154, ID, 1, 1);
/// Product option.
pub const E1161: Data = data(1161, ID, 1, 2);
/// Confidentiality.
pub const E1165: Data = data(1165, ID, 1, 1);
/// Kind of contract.
pub const E1166: Data = data(1166, ID, 2, 2);
/// Every how many.
pub const E1167: Data = data(1167, R, 1, 6);
/// Class of employment.
pub const E1176: Data = data(1176, ID, 2, 3);
/// Kind of income.
pub const E1186: Data = data(1186, ID, 2, 2);
/// Kind of account.
pub const E1187: Data = data(1187, ID, 2, 2);
/// Kind of asset.
pub const E1188: Data = data(1188, ID, 2, 2);
/// Financial code.
pub const E1195: Data = data(1195, AN, 1, 80);
/// What a financial code stands for.
pub const E1196: Data = data(1196, ID, 2, 2);
/// Status of the information.
pub const E1201: Data = data(1201, ID, 1, 1);
/// How spending is selected.
pub const E1202: Data = data(1202, ID, 1, 1);
/// Why it changes.
pub const E1203: Data = data(1203, ID, 2, 3);
/// Description of the coverage.
pub const E1204: Data = data(1204, AN, 1, 50);
/// Line of insurance.
pub const E1205: Data = data(1205, ID, 2, 3);
/// Who is covered.
pub const E1207: Data = data(1207, ID, 3, 3);
/// Decision of the insurer.
pub const E1209: Data = data(1209, ID, 1, 1);
/// Drug house.
pub const E1211: Data = data(1211, ID, 2, 3);
/// Habit that bears on health.
pub const E1212: Data = data(1212, ID, 1, 1);
/// Present condition.
pub const E1213: Data = data(1213, ID, 1, 1);
/// Salary grade.
pub const E1214: Data = data(1214, AN, 1, 5);
/// Kind of card.
pub const E1215: Data = data(1215, ID, 1, 1);
/// Status of the benefit.
pub const E1216: Data = data(1216, ID, 1, 1);
/// Medicare plan.
pub const E1218: Data = data(1218, ID, 1, 1);
/// Event that gives continued coverage.
pub const E1219: Data = data(1219, ID, 1, 2);
/// Student.
pub const E1220: Data = data(1220, ID, 1, 1);
/// Part that a provider plays.
pub const E1221: Data = data(1221, ID, 1, 3);
/// Specialty.
pub const E1222: Data = data(1222, AN, 1, 3);
/// Provider's organization.
pub const E1223: Data = data(1223, ID, 3, 3);
/// Kind of contribution.
pub const E1224: Data = data(1224, ID, 2, 2);
/// How a date, time or range is written.
pub const E1250: Data = data(1250, ID, 2, 3);
/// Date, time or range.
pub const E1251: Data = data(1251, AN, 1, 35);
/// Immunization status.
pub const E1254: Data = data(1254, ID, 1, 2);
/// Kind of loan.
pub const E1262: Data = data(1262, ID, 1, 2);
/// Which code list a code comes from.
pub const E1270: Data = data(1270, ID, 1, 3);
/// Code from an outside list.
pub const E1271: Data = data(1271, AN, 1, 30);
/// Participant's status.
pub const E1295: Data = data(1295, ID, 1, 2);
/// Allowance, charge or service.
pub const E1300: Data = data(1300, ID, 4, 4);
/// Allowance in an agency's list.
pub const E1301: Data = data(1301, AN, 1, 10);
/// How a language is used.
pub const E1303: Data = data(1303, ID, 1, 2);
/// Where a patient was admitted from.
pub const E1314: Data = data(1314, ID, 1, 1);
/// How urgent an admission was.
pub const E1315: Data = data(1315, ID, 1, 1);
/// Kind of transport.
pub const E1316: Data = data(1316, ID, 1, 1);
/// Why an ambulance was called.
pub const E1317: Data = data(1317, ID, 1, 1);
/// Basis of cost.
pub const E1319: Data = data(1319, ID, 1, 2);
/// Basis of the supply's days.
pub const E1320: Data = data(1320, ID, 1, 1);
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
/// Dispensed as written.
pub const E1329: Data = data(1329, ID, 1, 1);
/// Dosage form.
pub const E1330: Data = data(1330, ID, 2, 2);
/// Place of service, or type of facility.
pub const E1331: Data = data(1331, AN, 1, 2);
/// Which list the place of service comes from.
pub const E1332: Data = data(1332, ID, 1, 2);
/// Record format.
pub const E1333: Data = data(1333, ID, 1, 2);
/// Shortage area.
pub const E1334: Data = data(1334, ID, 1, 1);
/// Insulin.
pub const E1335: Data = data(1335, ID, 1, 1);
/// Kind of insurance.
pub const E1336: Data = data(1336, ID, 1, 3);
/// Level of care.
pub const E1337: Data = data(1337, ID, 1, 1);
/// Level of service.
pub const E1338: Data = data(1338, ID, 1, 3);
/// Modifier of a procedure.
pub const E1339: Data = data(1339, AN, 2, 2);
/// One of several procedures.
pub const E1340: Data = data(1340, ID, 1, 2);
/// Local review.
pub const E1341: Data = data(1341, AN, 1, 2);
/// Condition of the patient.
pub const E1342: Data = data(1342, ID, 1, 1);
/// Kind of claim.
pub const E1343: Data = data(1343, ID, 1, 2);
/// No visit.
pub const E1344: Data = data(1344, ID, 1, 1);
/// Status of the resident.
pub const E1345: Data = data(1345, ID, 1, 1);
/// How nutrients are given.
pub const E1346: Data = data(1346, ID, 1, 1);
/// Technique of feeding.
pub const E1347: Data = data(1347, ID, 1, 1);
/// Oxygen equipment.
pub const E1348: Data = data(1348, ID, 1, 1);
/// Condition of the oxygen test.
pub const E1349: Data = data(1349, ID, 1, 1);
/// Finding of the oxygen test.
pub const E1350: Data = data(1350, ID, 1, 1);
/// How a patient's signature was obtained.
pub const E1351: Data = data(1351, ID, 1, 1);
/// Status of a patient at discharge.
pub const E1352: Data = data(1352, ID, 1, 2);
/// Diagnosis related group.
pub const E1354: Data = data(1354, ID, 1, 4);
/// Override of a denial.
pub const E1355: Data = data(1355, ID, 2, 2);
/// Origin of the prescription.
pub const E1356: Data = data(1356, ID, 1, 1);
/// Kind of authorization.
pub const E1357: Data = data(1357, ID, 1, 1);
/// First or replacement.
pub const E1358: Data = data(1358, ID, 1, 1);
/// Whether the provider takes assignment.
pub const E1359: Data = data(1359, ID, 1, 1);
/// Provider agreement.
pub const E1360: Data = data(1360, ID, 1, 1);
/// Area of the mouth.
pub const E1361: Data = data(1361, ID, 1, 3);
/// What caused an illness or injury.
pub const E1362: Data = data(1362, ID, 2, 3);
/// Whether the patient lets data be released.
pub const E1363: Data = data(1363, ID, 1, 1);
/// Review.
pub const E1364: Data = data(1364, ID, 1, 2);
/// Kind of service.
pub const E1365: Data = data(1365, ID, 1, 2);
/// Special program that a claim falls under.
pub const E1366: Data = data(1366, ID, 2, 3);
/// Level of subluxation.
pub const E1367: Data = data(1367, ID, 2, 3);
/// Tooth status.
pub const E1368: Data = data(1368, ID, 1, 2);
/// Tooth surface.
pub const E1369: Data = data(1369, ID, 1, 2);
/// Unit dose.
pub const E1370: Data = data(1370, ID, 1, 1);
/// Rate of a unit.
pub const E1371: Data = data(1371, R, 1, 10);
/// Oxygen delivery system.
pub const E1382: Data = data(1382, ID, 1, 1);
/// Reason of the submission.
pub const E1383: Data = data(1383, ID, 2, 2);
/// Where the patient is.
pub const E1384: Data = data(1384, ID, 1, 1);
/// Eligibility or benefit.
pub const E1390: Data = data(1390, ID, 1, 2);
/// Kind of implant.
pub const E1403: Data = data(1403, ID, 1, 1);
/// Implant status.
pub const E1404: Data = data(1404, ID, 1, 1);
/// Count.
pub const E1470: Data = data(1470, N0, 1, 9);
/// How a claim was priced.
pub const E1473: Data = data(1473, ID, 2, 2);
/// Proficiency.
pub const E1476: Data = data(1476, ID, 1, 1);
/// Why a claim is late.
pub const E1514: Data = data(1514, ID, 1, 2);
/// Kind of request.
pub const E1525: Data = data(1525, ID, 1, 2);
/// Whether the policy's terms were met.
pub const E1526: Data = data(1526, ID, 1, 2);
/// Why a claim falls outside the terms.
pub const E1527: Data = data(1527, ID, 1, 2);
/// Where in a composite a part stands.
pub const E1528: Data = data(1528, N0, 1, 2);
/// Government service.
pub const E1595: Data = data(1595, ID, 1, 1);
/// Military rank.
pub const E1596: Data = data(1596, ID, 2, 2);
/// Tax treatment.
pub const E1685: Data = data(1685, ID, 1, 2);
/// Which repetition of an element.
pub const E1686: Data = data(1686, N0, 1, 4);
/// Why a member is eligible.
pub const E1701: Data = data(1701, ID, 1, 1);
/// Guide that a transaction set follows.
pub const E1705: Data = data(1705, AN, 1, 35);
/// Part of a country.
pub const E1715: Data = data(1715, ID, 1, 3);
/// What an error's context refers to.
pub const E9998: Data = data(9998, AN, 1, 35);
/// Name of an error's context.
pub const E9999: Data = data(9999, AN, 1, 35);

// Elements of pension, royalty and tax segments whose number we have from no source. The number 0
// stands for that; a 999 then leaves IK402 out.
/// Authority.
pub const AUTHORITY: Data = data(0, AN, 1, 20);
/// Kind of deduction.
pub const DEDUCTION_OF_PAY: Data = data(0, ID, 1, 4);
/// Kind of tax payment.
pub const TAX_PAYMENT: Data = data(0, AN, 1, 5);
/// Which tax amount.
pub const TAX_DETAIL: Data = data(0, AN, 1, 30);
/// Category.
pub const CATEGORY: Data = data(0, AN, 1, 6);
/// Tax amount.
pub const TAX_AMOUNT: Data = data(0, N0, 1, 10);
/// Construction.
pub const CONSTRUCTION: Data = data(0, ID, 1, 2);
/// Approval.
pub const APPROVAL: Data = data(0, ID, 1, 1);
/// Rate of pay.
pub const PAY_RATE: Data = data(0, R, 1, 15);
/// Kind of deduction.
pub const DEDUCTION: Data = data(0, ID, 2, 2);
/// Special processing.
pub const SPECIAL_PROCESSING: Data = data(0, AN, 1, 6);
/// Check of the taxpayer.
pub const TAXPAYER_CHECK: Data = data(0, AN, 1, 6);
/// Kind of attendance.
pub const ATTENDANCE: Data = data(0, ID, 1, 4);

// Elements of the interchange: the standard numbers them I01 and on; here that is 10,001 and on.
/// Authorization qualifier.
pub const I01: Data = data(10001, ID, 2, 2);
/// Authorization.
pub const I02: Data = data(10002, AN, 10, 10);
/// Security qualifier.
pub const I03: Data = data(10003, ID, 2, 2);
/// Security.
pub const I04: Data = data(10004, AN, 10, 10);
/// Kind of identifier.
pub const I05: Data = data(10005, ID, 2, 2);
/// Sender.
pub const I06: Data = data(10006, AN, 15, 15);
/// Receiver.
pub const I07: Data = data(10007, AN, 15, 15);
/// Date.
pub const I08: Data = data(10008, DT, 6, 6);
/// Time.
pub const I09: Data = data(10009, TM, 4, 4);
/// Version.
pub const I11: Data = data(10011, ID, 5, 5);
/// Control number.
pub const I12: Data = data(10012, N0, 9, 9);
/// Acknowledgment wanted.
pub const I13: Data = data(10013, ID, 1, 1);
/// Test or production.
pub const I14: Data = data(10014, ID, 1, 1);
/// Component separator.
pub const I15: Data = data(10015, AN, 1, 1);
/// Number of groups.
pub const I16: Data = data(10016, N0, 1, 5);
/// Verdict on the interchange.
pub const I17: Data = data(10017, ID, 1, 1);
/// Fault of the interchange.
pub const I18: Data = data(10018, ID, 3, 3);
/// Repetition separator.
pub const I65: Data = data(10065, AN, 1, 1);
