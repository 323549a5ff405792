//! Whether an Arrow IPC file has the columns that its table should have.

use arrow_ipc::DictionaryEncoding;
use arrow_schema::{DataType, Field, Schema, TimeUnit};

/// Whether a file has the columns of a table: names, types, and which may be null.
pub(super) fn same_schema(found: &arrow_ipc::Schema<'_>, expected: &Schema) -> bool {
    // Arrow's conversion panics on types that it does not know.
    let Some(fields) = found.fields() else {
        return expected.fields().is_empty();
    };
    if fields.len() != expected.fields().len() {
        return false;
    }
    fields.iter().zip(expected.fields()).all(|(found, expected)| same_field(&found, expected))
}

fn same_field(found: &arrow_ipc::Field<'_>, expected: &Field) -> bool {
    let same_type = match expected.data_type() {
        DataType::Utf8 => found.type_as_utf_8().is_some(),
        DataType::Boolean => found.type_as_bool().is_some(),
        DataType::Dictionary(keys, texts) => {
            **keys == DataType::Int32
                && **texts == DataType::Utf8
                && found.type_as_utf_8().is_some()
                && found.dictionary().is_some_and(|dictionary| has_int32_keys(&dictionary))
        }
        DataType::UInt32 => {
            found.type_as_int().is_some_and(|int| int.bitWidth() == 32 && !int.is_signed())
        }
        DataType::UInt16 => {
            found.type_as_int().is_some_and(|int| int.bitWidth() == 16 && !int.is_signed())
        }
        DataType::Date32 => {
            found.type_as_date().is_some_and(|date| date.unit() == arrow_ipc::DateUnit::DAY)
        }
        DataType::Timestamp(TimeUnit::Second, None) => {
            found.type_as_timestamp().is_some_and(|time| {
                time.unit() == arrow_ipc::TimeUnit::SECOND && time.timezone().is_none()
            })
        }
        DataType::List(item) => {
            found.type_as_list().is_some()
                && found.children().is_some_and(|children| {
                    children.len() == 1 && same_field(&children.get(0), item)
                })
        }
        _ => false,
    };
    found.name() == Some(expected.name())
        && found.nullable() == expected.is_nullable()
        && found.dictionary().is_some() == matches!(expected.data_type(), DataType::Dictionary(..))
        && same_type
}

/// They are what is meant where no type of keys is named.
fn has_int32_keys(dictionary: &DictionaryEncoding<'_>) -> bool {
    dictionary.indexType().is_none_or(|int| int.bitWidth() == 32 && int.is_signed())
}

/// The ids of the dictionaries of all columns that have one, in order.
pub(super) fn dictionary_ids(schema: &arrow_ipc::Schema<'_>) -> Vec<i64> {
    let fields = schema.fields().into_iter().flatten();
    fields.filter_map(|field| field.dictionary()).map(|dictionary| dictionary.id()).collect()
}
