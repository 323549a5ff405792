//! The buffers of an Arrow IPC file with one record batch, where they lie.
//!
//! `arrow-ipc`'s reader makes whole arrays, and checks all of their text on
//! the way; opening a graph must not read it. So the footer and the messages,
//! of the batch and of its dictionaries, are read here (their flatbuffers are
//! verified), and every buffer is checked to lie inside of the file.

use std::sync::Arc;
use std::vec;

use arrow_buffer::{ArrowNativeType, BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use arrow_ipc::{Block, Footer, Message, MetadataVersion, RecordBatch};
use arrow_schema::Schema;
use bytes::Bytes;

use crate::graph::{DictionaryTexts, Lists, Texts};
use crate::store::schema::{dictionary_ids, same_schema};

/// Why a table cannot be used, in words for a message.
pub(super) type Fault = &'static str;

const MAGIC: &[u8] = b"ARROW1";

/// The buffers of a record batch, taken one column after the other.
pub(super) struct Columns<'f> {
    body: Bytes,
    batch: RecordBatch<'f>,
    rows: usize,
    next_node: usize,
    next_buffer: usize,
    /// Of the dictionary-encoded columns that were not taken yet.
    dictionaries: vec::IntoIter<Texts>,
}

/// Reads the footer of an IPC file and checks its schema; `read` takes the
/// columns in order.
pub(super) fn read_table<T>(
    file: &Bytes,
    schema: &Arc<Schema>,
    read: impl FnOnce(&mut Columns<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let footer_end = file.len().checked_sub(MAGIC.len() + 4).ok_or("it is too short")?;
    if &file[footer_end + 4..] != MAGIC {
        return Err("it does not end as an Arrow file does");
    }
    let footer_length = number(&file[footer_end..])?;
    let footer_start = footer_end.checked_sub(footer_length).ok_or("its footer is too long")?;
    let footer = arrow_ipc::root_as_footer(&file[footer_start..footer_end])
        .map_err(|_| "its footer cannot be read")?;
    if footer.version() != MetadataVersion::V5 {
        return Err("it is of another version of Arrow's format");
    }
    let found = footer.schema().ok_or("it has no schema")?;
    if !same_schema(&found, schema) {
        return Err("its columns are not those of the table");
    }
    let batches = file.slice(..footer_start);
    let dictionaries = dictionaries(&batches, &footer, &dictionary_ids(&found))?;
    let blocks = footer.recordBatches().ok_or("it has no rows")?;
    if blocks.len() != 1 {
        return Err("it has not one record batch");
    }
    let (message, body) = message(&batches, blocks.get(0))?;
    let batch = message.header_as_record_batch().ok_or("its batch is none")?;
    read(&mut Columns::new(batch, body, dictionaries)?)
}

/// The dictionaries with these ids, in this order: each is one batch.
fn dictionaries(file: &Bytes, footer: &Footer<'_>, ids: &[i64]) -> Result<Vec<Texts>, Fault> {
    let blocks = footer.dictionaries().unwrap_or_default();
    if blocks.len() != ids.len() {
        return Err("it has not one dictionary a column of repeated text");
    }
    let mut found = Vec::with_capacity(ids.len());
    for block in blocks {
        let (message, body) = message(file, block)?;
        let dictionary = message.header_as_dictionary_batch().ok_or("a dictionary is none")?;
        if dictionary.isDelta() {
            return Err("a dictionary in it comes in parts");
        }
        let batch = dictionary.data().ok_or("a dictionary has no rows")?;
        found.push((dictionary.id(), Columns::new(batch, body, Vec::new())?.texts()?));
    }
    let of = |id: &i64| found.iter().find(|(found, _)| found == id).map(|(_, texts)| texts.clone());
    ids.iter().map(|id| of(id).ok_or("a dictionary is missing")).collect()
}

/// A message and the buffers that it describes.
fn message<'f>(file: &'f Bytes, block: &Block) -> Result<(Message<'f>, Bytes), Fault> {
    let outside = "its batch lies outside";
    let start = usize::try_from(block.offset()).map_err(|_| outside)?;
    let length = usize::try_from(block.metaDataLength()).map_err(|_| outside)?;
    let body_length = usize::try_from(block.bodyLength()).map_err(|_| outside)?;
    let body_start = start.checked_add(length).ok_or(outside)?;
    let body_end = body_start.checked_add(body_length).ok_or(outside)?;
    if body_end > file.len() || length < 8 {
        return Err(outside);
    }
    let message = &file[start..body_start];
    if message[..4] != [0xff; 4] {
        return Err("its batch does not begin where it should");
    }
    let message_length = number(&message[4..])?;
    let message = message.get(8..8 + message_length).ok_or("its batch is too long")?;
    let message = arrow_ipc::root_as_message(message).map_err(|_| "its batch cannot be read")?;
    Ok((message, file.slice(body_start..body_end)))
}

fn number(bytes: &[u8]) -> Result<usize, Fault> {
    let bytes = bytes.first_chunk::<4>().ok_or("it is too short")?;
    usize::try_from(i32::from_le_bytes(*bytes)).map_err(|_| "a length in it makes no sense")
}

impl<'f> Columns<'f> {
    fn new(batch: RecordBatch<'f>, body: Bytes, dictionaries: Vec<Texts>) -> Result<Self, Fault> {
        if batch.compression().is_some() {
            return Err("its batch is compressed");
        }
        let rows =
            usize::try_from(batch.length()).map_err(|_| "its number of rows makes no sense")?;
        let dictionaries = dictionaries.into_iter();
        Ok(Self { body, batch, rows, next_node: 0, next_buffer: 0, dictionaries })
    }

    /// How many rows the table has.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn texts(&mut self) -> Result<Texts, Fault> {
        let valid = self.node(self.rows)?;
        let offsets = self.offsets()?;
        let bytes = self.buffer()?;
        Ok(Texts::from_buffers(offsets, bytes, valid))
    }

    pub(super) fn dictionary_texts(&mut self) -> Result<DictionaryTexts, Fault> {
        let dictionary = self.dictionaries.next().ok_or("a dictionary is missing")?;
        Ok(DictionaryTexts::from_buffers(self.values()?, dictionary))
    }

    pub(super) fn lists(&mut self) -> Result<Lists, Fault> {
        self.node(self.rows)?;
        let offsets = self.offsets()?;
        let length = self.node_length()?;
        self.node(length)?;
        let values = self.scalars(length)?;
        Ok(Lists::from_buffers(offsets, values))
    }

    /// The values of a column that has no nulls.
    pub(super) fn values<T: ArrowNativeType>(&mut self) -> Result<ScalarBuffer<T>, Fault> {
        Ok(self.nullable_values()?.0)
    }

    pub(super) fn nullable_values<T: ArrowNativeType>(
        &mut self,
    ) -> Result<(ScalarBuffer<T>, Option<NullBuffer>), Fault> {
        let valid = self.node(self.rows)?;
        Ok((self.scalars(self.rows)?, valid))
    }

    pub(super) fn booleans(&mut self) -> Result<BooleanBuffer, Fault> {
        self.node(self.rows)?;
        let buffer = self.buffer()?;
        bits(buffer, self.rows)
    }

    fn node_length(&self) -> Result<usize, Fault> {
        let nodes = self.batch.nodes().ok_or("its columns are not described")?;
        if self.next_node >= nodes.len() {
            return Err("its columns are not described");
        }
        let length = nodes.get(self.next_node).length();
        usize::try_from(length).map_err(|_| "a column's length makes no sense")
    }

    /// Takes the next column's description and its validity.
    fn node(&mut self, rows: usize) -> Result<Option<NullBuffer>, Fault> {
        if self.node_length()? != rows {
            return Err("its columns differ in length");
        }
        self.next_node += 1;
        let buffer = self.buffer()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        Ok(Some(NullBuffer::new(bits(buffer, rows)?)))
    }

    fn offsets(&mut self) -> Result<ScalarBuffer<i32>, Fault> {
        // Arrow may leave the one offset of an empty column out.
        let buffer = self.buffer()?;
        if self.rows == 0 && buffer.is_empty() {
            return Ok(vec![0].into());
        }
        scalars(buffer, self.rows.checked_add(1).ok_or("its number of rows makes no sense")?)
    }

    fn scalars<T: ArrowNativeType>(&mut self, length: usize) -> Result<ScalarBuffer<T>, Fault> {
        scalars(self.buffer()?, length)
    }

    fn buffer(&mut self) -> Result<Buffer, Fault> {
        let buffers = self.batch.buffers().ok_or("its buffers are not described")?;
        if self.next_buffer >= buffers.len() {
            return Err("its buffers are not described");
        }
        let buffer = buffers.get(self.next_buffer);
        self.next_buffer += 1;
        let start = usize::try_from(buffer.offset()).map_err(|_| "a buffer lies outside")?;
        let length = usize::try_from(buffer.length()).map_err(|_| "a buffer lies outside")?;
        let end = start.checked_add(length).filter(|&end| end <= self.body.len());
        Ok(Buffer::from(self.body.slice(start..end.ok_or("a buffer lies outside")?)))
    }
}

fn bits(buffer: Buffer, rows: usize) -> Result<BooleanBuffer, Fault> {
    if buffer.len() < rows.div_ceil(8) {
        return Err("a buffer is too short");
    }
    Ok(BooleanBuffer::new(buffer, 0, rows))
}

fn scalars<T: ArrowNativeType>(buffer: Buffer, length: usize) -> Result<ScalarBuffer<T>, Fault> {
    let width = size_of::<T>();
    let needed = length.checked_mul(width).ok_or("its number of rows makes no sense")?;
    if buffer.len() < needed {
        return Err("a buffer is too short");
    }
    if buffer.as_ptr().align_offset(align_of::<T>()) != 0 {
        return Err("a buffer does not begin where it should");
    }
    Ok(ScalarBuffer::new(buffer, 0, length))
}
