//! Checks the pages of a column chunk before the library decodes them, because it panics on pages whose claims are wrong.
//!
//! - A page that refers to a dictionary must follow one.
//! - Levels are not longer than their page.
//! - Plain texts, each after its length, fill their page or dictionary to the last byte, and their number is the one claimed. A
//!   page of version 1 does not say how many values are present, so it is passed on as one of version 2, which does.

use parquet::{
    basic::{Encoding, Type},
    column::page::{Page, PageMetadata, PageReader},
    errors::{ParquetError, Result},
    schema::types::ColumnDescPtr,
};

/// Checked pages of a chunk of a column that is not a list.
pub(super) struct Checked {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
    has_dictionary: bool,
}

impl Checked {
    pub(super) fn new(pages: Box<dyn PageReader>, column: ColumnDescPtr) -> Self {
        Self { pages, column, has_dictionary: false }
    }

    fn check(&mut self, page: Page) -> Result<Page> {
        let is_text = self.column.physical_type() == Type::BYTE_ARRAY;
        match &page {
            Page::DictionaryPage { buf, num_values, .. } => {
                self.has_dictionary = true;
                if is_text && n_texts(buf)? < *num_values {
                    return damaged("a dictionary has fewer texts than it says");
                }
                Ok(page)
            }
            Page::DataPage { encoding, .. } => {
                self.check_dictionary(*encoding)?;
                self.second_version(page)
            }
            Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                num_nulls,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                self.check_dictionary(*encoding)?;
                let levels = u64::from(*def_levels_byte_len) + u64::from(*rep_levels_byte_len);
                let values = usize::try_from(levels).ok().and_then(|levels| buf.get(levels..));
                let Some(values) = values else {
                    return damaged("the levels of a page are longer than the page");
                };
                let is_plain = is_text && *encoding == Encoding::PLAIN;
                if is_plain && Some(n_texts(values)?) != num_values.checked_sub(*num_nulls) {
                    return damaged("a page does not have as many texts as it claims");
                }
                Ok(page)
            }
        }
    }

    fn check_dictionary(&self, encoding: Encoding) -> Result<()> {
        if is_dictionary(encoding) && !self.has_dictionary {
            return damaged("a page refers to a dictionary, but none precedes it");
        }
        Ok(())
    }

    /// Checks the levels of a version 1 page, and converts a page of plain texts to version 2.
    fn second_version(&self, page: Page) -> Result<Page> {
        let Page::DataPage { buf, num_values, encoding, def_level_encoding, statistics, .. } =
            &page
        else {
            return Ok(page);
        };
        let levels = match (self.column.max_def_level(), *def_level_encoding) {
            (0, _) => 0..0,
            (_, Encoding::RLE) => {
                let length = buf.first_chunk().map(|length| u32::from_le_bytes(*length) as usize);
                let end =
                    length.and_then(|length| length.checked_add(4)).filter(|end| *end <= buf.len());
                let Some(end) = end else {
                    return damaged("the levels of a page are longer than the page");
                };
                4..end
            }
            // No program has written these for a decade.
            _ => {
                return damaged("the levels of a page have an obsolete encoding");
            }
        };
        if self.column.physical_type() != Type::BYTE_ARRAY || *encoding != Encoding::PLAIN {
            return Ok(page);
        }
        let num_nulls = num_values.checked_sub(n_texts(&buf[levels.end..])?);
        let Some(num_nulls) = num_nulls.filter(|nulls| *nulls == 0 || !levels.is_empty()) else {
            return damaged("a page does not have as many texts as it claims");
        };
        let def_levels_byte_len = u32::try_from(levels.len()).expect("it was read from 32 bits");
        Ok(Page::DataPageV2 {
            buf: buf.slice(levels.start..),
            num_values: *num_values,
            encoding: *encoding,
            num_nulls,
            num_rows: *num_values,
            def_levels_byte_len,
            rep_levels_byte_len: 0,
            is_compressed: false,
            statistics: statistics.clone(),
        })
    }
}

/// Counts the texts that fill a buffer, each after its length in four bytes.
fn n_texts(mut bytes: &[u8]) -> Result<u32> {
    let mut count = 0;
    while !bytes.is_empty() {
        let text = bytes.split_first_chunk().and_then(|(length, rest)| {
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            rest.get(length..)
        });
        let Some(rest) = text else {
            return damaged("a text is longer than its page");
        };
        bytes = rest;
        count += 1;
    }
    Ok(count)
}

/// Older files use another name for the encoding.
fn is_dictionary(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY)
}

fn damaged<T>(why: &str) -> Result<T> {
    Err(ParquetError::General(why.to_owned()))
}

impl Iterator for Checked {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        page.map(|page| self.check(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fill_their_page() {
        assert_eq!(n_texts(b"").unwrap(), 0);
        assert_eq!(n_texts(b"\x02\0\0\0ab\0\0\0\0").unwrap(), 2);
        for damaged in [&b"\x02\0\0"[..], b"\x03\0\0\0ab", b"\xff\xff\xff\xff", b"\0\0\0\0\0"] {
            assert!(n_texts(damaged).is_err());
        }
    }
}
