//! Codes by which a TA1 or 999 rejects what was sent. Codes are facts; the words are ours.

/// TA105: what is held against an interchange.
pub fn ta105_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "000" => "no error",
        "001" => "its first and last control number differ",
        "002" => "its standard is not supported",
        "003" => "its version is not supported",
        "004" => "its segment terminator is wrong",
        "005" => "the kind of its sender id is wrong",
        "006" => "its sender id is not known to its receiver",
        "007" => "the kind of its receiver id is wrong",
        "008" => "its receiver id is wrong",
        "009" => "its receiver id is not known",
        "010" | "011" => "its authorization is wrong",
        "012" | "013" => "its password is wrong",
        "014" => "its date is wrong",
        "015" => "its time is wrong",
        "016" | "017" => "its standard or version is wrong",
        "018" => "its control number is wrong",
        "019" => "its request for a TA1 is wrong",
        "020" => "it is marked as test or production, and its receiver expects the other",
        "021" => "its number of groups is wrong",
        "022" => "its envelope is wrong",
        "023" => "it ends too early",
        "024" => "its content is wrong",
        "025" => "its control number came before",
        "026" | "027" => "a separator is wrong",
        "028" => "the date of delivery is wrong",
        "029" => "the time of delivery is wrong",
        "030" | "031" => "the code for the time of delivery is wrong",
        _ => return None,
    })
}

/// AK905: what is held against a group.
pub fn ak905_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "this kind of group is not taken",
        "2" => "this version of the guide is not taken",
        "3" => "the end of the group is missing",
        "4" => "its first and last control number differ",
        "5" => "its number of sets is wrong",
        "6" => "its control number is wrong",
        "10" => "the key of its authentication is not known",
        "11" => "the key of its encryption is not known",
        "12" => "the security that it asks for is not offered",
        "13" => "the receiver that its security names is not known",
        "14" => "the sender that its security names is not known",
        "15" => "what was decrypted is no X12",
        "16" => "security is not taken",
        "17" => "its encrypted length is wrong",
        "18" => "its authentication failed",
        "19" => "its control number came before",
        "23" => "its S3S has no S3E",
        "24" => "its S3E has no S3S",
        "25" => "its S4S has no S4E",
        "26" => "its S4E has no S4S",
        _ => return None,
    })
}

/// IK502: what is held against a set.
pub fn ik502_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "this kind of set is not taken",
        "2" => "the end of the set is missing",
        "3" => "its first and last control number differ",
        "4" => "its number of segments is wrong",
        "5" => "a segment of the set is wrong",
        "6" => "the kind of the set is missing or wrong",
        "7" => "its control number is missing or wrong",
        "8" => "the key of its authentication is not known",
        "9" => "the key of its encryption is not known",
        "10" => "the security that it asks for is not offered",
        "11" => "the receiver that its security names is not known",
        "12" => "its encrypted length is wrong",
        "13" => "its authentication failed",
        "15" => "the sender that its security names is not known",
        "16" => "what was decrypted is no X12",
        "17" => "security is not taken",
        "18" => "the set does not belong in its group",
        "19" => "the guide that the set names is wrong",
        "23" => "its control number came before in the group",
        "24" => "its S3S has no S3E",
        "25" => "its S3E has no S3S",
        "26" => "its S4S has no S4E",
        "27" => "its S4E has no S4S",
        "I5" => "a segment of the set breaks the guide",
        "I6" => "the guide that the set names is not taken",
        _ => return None,
    })
}

/// IK304: what is held against a segment.
pub fn ik304_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "the segment is unknown",
        "2" => "the segment is not expected here",
        "3" => "a required segment is missing",
        "4" => "its loop comes too often",
        "5" => "the segment comes too often",
        "6" => "the segment does not belong in this set",
        "7" => "the segment stands in the wrong order",
        "8" => "an element of the segment is wrong",
        "I4" => "the guide does not use this segment",
        "I6" => "a segment is missing that another one calls for",
        "I7" => "its loop comes too seldom",
        "I8" => "the segment comes too seldom",
        "I9" => "the segment may not stand beside another one",
        _ => return None,
    })
}

/// IK403: what is held against an element.
pub fn ik403_meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "1" => "a required value is missing",
        "2" => "a value is missing that another one calls for",
        "3" => "the segment has too many elements",
        "4" => "the value is too short",
        "5" => "the value is too long",
        "6" => "the value has a character that may not stand there",
        "7" => "the value is not a code of the list",
        "8" => "the value is no date",
        "9" => "the value is no time",
        "10" => "two values stand here of which only one may",
        "12" => "the value is repeated too often",
        "13" => "the value has too many parts",
        "I6" => "the guide does not use this code here",
        "I9" => "a value is missing that the guide calls for here",
        "I10" => "the guide does not use this element",
        "I11" => "the value is repeated too seldom",
        "I12" => "the value does not have the form that the guide asks for",
        "I13" => "the value may not stand here",
        _ => return None,
    })
}

/// The words for the codes of a data element, if it is one by which an answer rejects.
pub fn meaning_of(data: u16) -> Option<fn(&str) -> Option<&'static str>> {
    Some(match data {
        618 => ik502_meaning,
        620 => ik304_meaning,
        621 => ik403_meaning,
        716 => ak905_meaning,
        _ => return None,
    })
}

/// Said of a code that we have no words for.
pub const NOT_LISTED: &str = "a code that is not in our list";

#[cfg(test)]
mod tests {
    use x12::guide::row::{Codes, Content, Element, Loop, Row};

    use super::*;

    #[test]
    fn every_code_of_the_guides_has_words() {
        let guide = x12::guide::find("005010X231A1", "999").expect("the implementation answer");
        let mut told = Vec::new();
        elements_of(&guide.table, &mut |element| {
            let (Content::Simple(data), Codes::Listed(codes)) = (element.content, element.codes)
            else {
                return;
            };
            let Some(meaning) = meaning_of(data.number) else { return };
            told.push(data.number);
            let mute = codes.iter().find(|code| meaning(code).is_none());
            assert_eq!(mute, None, "of data element {}", data.number);
        });
        told.sort_unstable();
        told.dedup();
        assert_eq!(told, [618, 620, 621, 716]);
    }

    fn elements_of(table: &Loop, tell: &mut dyn FnMut(&Element)) {
        for row in table.rows {
            match row {
                Row::Segment(slot) => slot.elements.iter().for_each(&mut *tell),
                Row::Inner(inner) => elements_of(inner, tell),
            }
        }
    }

    #[test]
    fn codes_are_told_in_words() {
        assert_eq!(ta105_meaning("025"), Some("its control number came before"));
        assert_eq!(ak905_meaning("4"), Some("its first and last control number differ"));
        assert_eq!(ik502_meaning("5"), Some("a segment of the set is wrong"));
        assert_eq!(ik304_meaning("3"), Some("a required segment is missing"));
        assert_eq!(ik403_meaning("7"), Some("the value is not a code of the list"));
        // The dependent codes say which way: something is missing, or something is too much.
        assert_eq!(ik403_meaning("I9"), Some("a value is missing that the guide calls for here"));
        assert_eq!(ik403_meaning("I13"), Some("the value may not stand here"));
        assert_eq!(ik403_meaning("X"), None);
    }
}
