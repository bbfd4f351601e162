//! Remittance advice remarks (MIA, MOA and LQ of the 835): what the payer adds to a reason.
//!
//! A code is a series and a number: `M51`, `MA130`, `N290`. Codes and kinds only; the published
//! texts are not carried.

use std::ops::RangeInclusive;

/// Which publication the table follows.
pub const EDITION: &str = "list of 2024-06, with N896 to N940";

/// What a remark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Tells something; never the reason of a denial.
    Alert,
    /// Something is missing, incomplete or invalid: a corrected claim may be paid.
    MissingInformation,
    /// Explains the adjustment beside it.
    Explanation,
}

/// What the remark is for; `None` when there is no such code.
pub fn kind(code: &[u8]) -> Option<Kind> {
    let (series, number) = parse(code)?;
    if !series.numbers.iter().any(|numbers| numbers.contains(&number)) {
        None
    } else if series.alerts.binary_search(&number).is_ok() {
        Some(Kind::Alert)
    } else if series.missing_information.binary_search(&number).is_ok() {
        Some(Kind::MissingInformation)
    } else {
        Some(Kind::Explanation)
    }
}

/// The kind in words; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    kind(code).map(|kind| match kind {
        Kind::Alert => "Alert: for information only",
        Kind::MissingInformation => "Something is missing, incomplete or invalid",
        Kind::Explanation => "Explains the adjustment beside it",
    })
}

/// Series and number of a code as it is published: without leading zeros, except that the
/// numbers of the series MA have two digits at least.
fn parse(code: &[u8]) -> Option<(&'static Series, u16)> {
    let letter_count = code.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, digits) = code.split_at_checked(letter_count)?;
    let series = SERIES.iter().find(|series| series.letters.as_bytes() == letters)?;
    let digits = str::from_utf8(digits).ok()?;
    let number = digits.parse().ok()?;
    let published = format!("{number:0width$}", width = series.digits_min);
    (digits == published).then_some((series, number))
}

#[derive(Debug)]
struct Series {
    letters: &'static str,
    digits_min: usize,
    numbers: &'static [RangeInclusive<u16>],
    /// In order.
    alerts: &'static [u16],
    /// In order.
    missing_information: &'static [u16],
}

/// How many codes there are.
pub const CODE_COUNT: usize = 144 + 134 + 938;

static SERIES: &[Series] = &[
    Series {
        letters: "M",
        digits_min: 1,
        numbers: &[1..=144],
        alerts: &[4, 6, 9, 16, 17, 27, 32, 38, 39, 70],
        missing_information: &[
            19, 20, 21, 22, 23, 24, 29, 30, 31, 33, 35, 44, 45, 46, 47, 49, 50, 51, 52, 53, 54, 56,
            57, 58, 59, 60, 62, 64, 67, 68, 76, 77, 78, 79, 99, 108, 110, 119, 120, 122, 123, 124,
            125, 126, 127, 128, 129, 130, 131, 132, 135, 136, 141, 142,
        ],
    },
    Series {
        letters: "MA",
        digits_min: 2,
        numbers: &[1..=134],
        alerts: &[
            1, 2, 7, 8, 9, 10, 13, 14, 15, 18, 19, 26, 28, 44, 45, 46, 59, 62, 67, 68, 72, 74, 77,
            91, 118,
        ],
        missing_information: &[
            6, 27, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 48, 49, 50, 51, 52,
            53, 58, 60, 61, 63, 65, 66, 69, 70, 71, 75, 76, 81, 82, 86, 87, 88, 89, 90, 92, 97, 99,
            100, 102, 104, 105, 110, 111, 112, 113, 114, 115, 120, 121, 122, 128, 130, 134,
        ],
    },
    Series {
        letters: "N",
        digits_min: 1,
        numbers: &[1..=812, 815..=940],
        alerts: &[
            1, 7, 21, 22, 23, 59, 69, 84, 85, 88, 89, 109, 116, 123, 132, 133, 134, 136, 137, 138,
            139, 140, 154, 155, 156, 162, 177, 183, 185, 187, 189, 192, 193, 196, 202, 210, 211,
            215, 220, 352, 353, 355, 358, 360, 363, 364, 367, 369, 371, 381, 387, 400, 432, 437,
            444, 469, 492, 505, 506, 508, 509, 510, 511, 512, 513, 515, 520, 539, 544, 548, 549,
            550, 563, 565, 566, 568, 571, 573, 610, 613, 614, 615, 616, 618, 620, 662, 672, 677,
            687, 688, 689, 690, 691, 692, 693, 694, 695, 696, 697, 698, 704, 720, 742, 771, 772,
            774, 781, 782, 783, 787, 788, 793, 804, 805, 809, 810, 817, 828, 830, 837, 838, 841,
            842, 845, 854, 858, 859, 860, 861, 862, 863, 864, 865, 866, 867, 868, 869, 870, 871,
            872, 873, 874, 875, 876, 877, 878, 879, 882, 883, 884, 885, 886, 888, 889, 894, 935,
            938, 939,
        ],
        missing_information: &[
            3, 4, 24, 26, 27, 29, 31, 37, 38, 40, 42, 46, 50, 53, 57, 58, 66, 75, 76, 77, 80, 108,
            145, 146, 147, 148, 150, 152, 153, 175, 178, 190, 203, 207, 208, 209, 213, 214, 221,
            222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237, 238,
            239, 240, 241, 242, 243, 244, 245, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256,
            257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272, 273,
            274, 275, 276, 277, 278, 279, 280, 281, 282, 283, 284, 285, 286, 287, 288, 289, 290,
            291, 292, 293, 294, 295, 296, 297, 298, 299, 300, 301, 302, 303, 304, 305, 306, 307,
            308, 309, 310, 311, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 322, 323, 324,
            325, 326, 327, 328, 329, 330, 331, 332, 333, 334, 335, 336, 337, 338, 339, 340, 341,
            342, 343, 344, 346, 350, 354, 359, 375, 378, 382, 388, 391, 392, 393, 394, 395, 396,
            398, 399, 401, 402, 403, 404, 434, 439, 440, 443, 445, 446, 451, 452, 453, 454, 455,
            456, 457, 458, 459, 460, 461, 462, 463, 464, 465, 466, 467, 468, 471, 473, 474, 475,
            476, 477, 478, 479, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 490, 491, 493,
            494, 495, 496, 497, 498, 499, 500, 501, 502, 503, 504, 542, 543, 554, 555, 556, 570,
            590, 625, 667, 668, 678, 679, 680, 681, 682, 683, 685, 686, 705, 706, 707, 708, 709,
            710, 711, 712, 713, 714, 715, 716, 717, 718, 729, 730, 731, 736, 737, 738, 739, 745,
            746, 749, 750, 752, 753, 754, 755, 756, 764, 768, 777, 778, 780, 784, 785, 791, 792,
            796, 797, 811, 815, 816, 822, 823, 827, 829, 843, 849, 850, 893, 896, 897, 898, 899,
            900, 901, 902, 903, 922, 927, 928, 929, 930, 931, 932, 933, 934, 940,
        ],
    },
];
