//! What the bank shows: its files, read or refused, and deposits and remittances brought together in
//! any order.

mod files;
mod orders;
mod pairs;
mod persons;
mod reading;
mod watched;
