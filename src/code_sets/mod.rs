//! Published code sets with their dates of effect.
