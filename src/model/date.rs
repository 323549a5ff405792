//! Days, and the periods that days fall into.
//!
//! A date is a whole day of the proleptic Gregorian calendar without a time
//! zone: that is all a page says. `jiff` knows the calendar; this file only
//! keeps the number that Arrow's `date32` wants.

use std::fmt;

use jiff::civil;

use crate::model::words;

/// A day, as the number of days since 1970-01-01 (Arrow's `date32`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// Days from 1970-01-01 to 0001-01-01 and to 9999-12-31: what a page can say.
const RANGE: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;

impl Date {
    /// The date of a day in a month of a year, if there is such a day.
    ///
    /// Years run from 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        let date = civil::Date::new(year, month, day).ok()?;
        Some(Self((date - EPOCH).get_days()))
    }

    /// The date with this many days since 1970-01-01, if it lies in the years
    /// 1 to 9999.
    pub fn from_days(days: i32) -> Option<Self> {
        RANGE.contains(&days).then_some(Self(days))
    }

    /// Reads `2017-06-16` or `2003-02-1`: the form of headings and exports.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        from_digits(year, month, day)
    }

    /// The first and the last day of what is written as a day, a month or a year:
    /// `1969-07-20`, `1969-07` or `1969`, in Chinese `1969年7月20日`.
    pub fn parse_span(text: &str) -> Option<(Self, Self)> {
        let chinese = text.strip_suffix(['年', '月', '日', '号', '號']);
        let chinese = chinese.map(|day| day.replace(['年', '月'], "-"));
        let text = chinese.as_deref().unwrap_or(text);
        let (full, period) = match text.split('-').count() {
            1 => (format!("{text}-01-01"), Period::Year),
            2 => (format!("{text}-01"), Period::Month),
            _ => (text.to_owned(), Period::Day),
        };
        let first = Self::parse(&full)?;
        let last = match first.next_period(period) {
            Some(next) => Self::from_days(next.days() - 1),
            None => Self::new(9999, 12, 31),
        };
        Some((first, last.unwrap_or(first)))
    }

    /// Days since 1970-01-01; negative before.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// Year, month (1 to 12) and day (1 to 31).
    pub fn ymd(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    /// `1969-07-20`: years of a `Date` have four digits.
    pub(crate) fn ascii(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let digit = |number: i16, place: i16| b'0' + (number / place % 10) as u8;
        let (month, day) = (i16::from(month), i16::from(day));
        [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ]
    }

    fn civil(self) -> civil::Date {
        EPOCH
            .checked_add(jiff::Span::new().days(self.0))
            .expect("a Date lies in the years 1 to 9999")
    }

    /// The first day of the period that this day falls into.
    pub fn start_of(self, period: Period) -> Self {
        let date = self.civil();
        match period {
            Period::Day => self,
            Period::Week => {
                let back = i32::from(date.weekday().to_monday_zero_offset());
                // The week that holds 0001-01-01 began on that very Monday.
                Self((self.0 - back).max(*RANGE.start()))
            }
            Period::Month => Self(self.0 - i32::from(date.day()) + 1),
            Period::Quarter => {
                let month = (date.month() - 1) / 3 * 3 + 1;
                Self((civil::date(date.year(), month, 1) - EPOCH).get_days())
            }
            Period::Year => Self(self.0 - i32::from(date.day_of_year()) + 1),
        }
    }

    /// The first day of the next period; `None` after the year 9999.
    pub fn next_period(self, period: Period) -> Option<Self> {
        let start = self.start_of(period);
        let (year, month, _) = start.ymd();
        match period {
            Period::Day => Self::from_days(start.0 + 1),
            Period::Week => Self::from_days(start.0 + 7),
            Period::Month if month == 12 => Self::new(year + 1, 1, 1),
            Period::Month => Self::new(year, month + 1, 1),
            Period::Quarter if month >= 10 => Self::new(year + 1, 1, 1),
            Period::Quarter => Self::new(year, month + 3, 1),
            Period::Year => Self::new(year + 1, 1, 1),
        }
    }

    /// How a period that begins on this day is called: `1969-07-20`,
    /// `1969-W29`, `1969-07`, `1969-Q3` or `1969`.
    pub fn period_label(self, period: Period) -> String {
        let date = self.civil();
        match period {
            Period::Day => self.to_string(),
            Period::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Period::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Period::Quarter => format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
            Period::Year => format!("{:04}", date.year()),
        }
    }
}

/// Written as `1969-07-20`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.ascii();
        // By `pad`, so that a width in the caller's format is kept.
        f.pad(str::from_utf8(&written).map_err(|_| fmt::Error)?)
    }
}

/// `1957-10-04 to 1975-07-17`, or the one day that a span has.
pub fn from_to((first, last): (Date, Date)) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

words! {
    /// The length of the steps of a timeline.
    pub enum Period {
        /// One day.
        Day = "day",
        /// An ISO 8601 week, from Monday.
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// Three calendar months, from January, April, July or October.
        Quarter = "quarter",
        /// A calendar year.
        Year = "year",
    }
}

/// Seconds from 1970-01-01 00:00 to a time such as `2018-02-06 13:49:28`, as
/// if it were UTC.
pub fn seconds_of(text: &str) -> Option<i64> {
    let time: civil::DateTime = text.trim().parse().ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

/// The date in a page's path or address: the first `/YYYY/M/D/` in it, where
/// the first slash may be the beginning of the text.
///
/// A path with such a place that is no date (`2003/13/1`) has none.
pub fn date_in_path(path: &str) -> Option<Date> {
    let mut last = [""; 3];
    for part in path.split('/') {
        let [year, month, day] = last;
        if is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2) {
            return from_digits(year, month, day);
        }
        last = [month, day, part];
    }
    None
}

/// Whether a name says when and nothing else: `2011`, `2011年`, `9月`,
/// `July 2011`, `1957-10-04`, `1968–69`; but not `9/11`, `May` or `Apollo 11`.
pub fn is_only_a_date(name: &str) -> bool {
    let mut parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    // Most names do not get beyond their first letter.
    let mut tells = false;
    parts.all(|part| {
        let written = is_han_date(part) || is_month(part);
        tells |= written || is_number(part, 4..=4);
        written || is_number(part, 1..=2) || is_number(part, 4..=4)
    }) && tells
        && name.bytes().any(|b| b.is_ascii_digit())
}

/// `2011年7月20日` or a part of it.
fn is_han_date(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['年', '月', '日', '号', '號'])
        && text.chars().all(|c| c.is_ascii_digit() || "年月日号號".contains(c))
}

/// The name of a month in English.
fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.contains(&text)
}

fn from_digits(year: &str, month: &str, day: &str) -> Option<Date> {
    if !(is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2)) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn is_number(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_only_dates() {
        for name in [
            "2011",
            "2011年",
            "9月",
            "2008年5月12日",
            "July 2011",
            "1957-10-04",
            "1968–69",
            "20 July",
        ] {
            assert!(is_only_a_date(name), "{name}");
        }
        for name in [
            "",
            "9/11",
            "May",
            "Apollo 11",
            "11",
            "21世纪",
            "年",
            "2008年夏季奥林匹克运动会",
            "2011 events",
            "G20",
        ] {
            assert!(!is_only_a_date(name), "{name}");
        }
    }

    #[test]
    fn spans() {
        let cases = [
            ("1969-07-20", Some("1969-07-20 to 1969-07-20")),
            ("1969-07", Some("1969-07-01 to 1969-07-31")),
            ("1969", Some("1969-01-01 to 1969-12-31")),
            ("9999", Some("9999-01-01 to 9999-12-31")),
            ("1969年7月20日", Some("1969-07-20 to 1969-07-20")),
            ("1969年7月20号", Some("1969-07-20 to 1969-07-20")),
            ("1969年7月", Some("1969-07-01 to 1969-07-31")),
            ("1969年", Some("1969-01-01 to 1969-12-31")),
            ("1969年13月", None),
            ("年", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let span = Date::parse_span(text).map(|(first, last)| format!("{first} to {last}"));
            assert_eq!(span.as_deref(), expected, "{text}");
        }
        // However many signs stand behind one another.
        assert_eq!(Date::parse_span(&"日".repeat(1_000_000)), None);
    }

    #[test]
    fn dates() {
        let cases = [
            // heading,      date
            ("2017-06-16", Some((2017, 6, 16))),
            ("2003-02-1", Some((2003, 2, 1))),
            ("1957-10-4", Some((1957, 10, 4))),
            ("0001-01-01", Some((1, 1, 1))),
            ("9999-12-31", Some((9999, 12, 31))),
            ("0000-01-01", None),
            ("2003-13-1", None),
            ("2003-02-30", None),
            ("2003-2", None),
            ("2003-02-01-1", None),
            ("+200-02-01", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Date::parse(text).map(Date::ymd), expected, "input {text:?}");
        }
    }

    #[test]
    fn dates_in_paths() {
        let cases = [
            ("news/2017/06/16/x", Some((2017, 6, 16))),
            ("2017/6/1/x", Some((2017, 6, 1))),
            ("zh/news/2017/06/16/a/b", Some((2017, 6, 16))),
            ("news/2017/06/16", None),
            ("news/2017/13/16/x", None),
            ("news/x", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(date_in_path(text).map(Date::ymd), expected, "input {text:?}");
        }
    }

    #[test]
    fn periods_begin_and_follow() {
        let day = Date::new(1969, 7, 20).expect("a date"); // a Sunday
        let cases = [
            (Period::Day, "1969-07-20", "1969-07-20", "1969-07-21"),
            (Period::Week, "1969-W29", "1969-07-14", "1969-07-21"),
            (Period::Month, "1969-07", "1969-07-01", "1969-08-01"),
            (Period::Quarter, "1969-Q3", "1969-07-01", "1969-10-01"),
            (Period::Year, "1969", "1969-01-01", "1970-01-01"),
        ];
        for (period, label, start, next) in cases {
            assert_eq!(day.start_of(period).period_label(period), label);
            assert_eq!(day.start_of(period).to_string(), start);
            assert_eq!(day.next_period(period).map(|d| d.to_string()).as_deref(), Some(next));
        }
        let last = Date::new(9999, 12, 31).expect("a date");
        let first = Date::new(1, 1, 1).expect("a date");
        for period in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            assert_eq!(last.next_period(period), None, "{period:?}");
            assert!(first.start_of(period) <= first, "{period:?}");
        }
    }
}
