//! Files of banks and what they lead to.
