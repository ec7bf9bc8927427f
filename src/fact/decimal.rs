//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU8;

/// An exact decimal: `mantissa / 10^scale`, at most 38 significant digits, |exponent| at most 38. Never a float.
///
/// Arithmetic is checked: what leaves the range is `None`, never rounded.
#[derive(Clone, Copy)]
pub struct Decimal {
    /// The mantissa in two halves: a whole `i128` would be aligned to sixteen bytes, and a number has up to three decimals.
    high: i64,
    low: u64,
    /// One more than the scale, so that an `Option` of a decimal takes no more room.
    above: NonZeroU8,
}

const MAX_SCALE: u8 = 38;

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self::whole(0);

    /// `mantissa / 10^scale`; `None` when the scale is over 38.
    pub fn new(mantissa: i128, scale: u8) -> Option<Self> {
        (scale <= MAX_SCALE).then(|| Self::of(mantissa, scale))
    }

    #[inline]
    const fn of(mantissa: i128, scale: u8) -> Self {
        let above = NonZeroU8::MIN.saturating_add(scale);
        Self { high: (mantissa >> 64) as i64, low: mantissa as u64, above }
    }

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self::of(value as i128, 0)
    }

    /// Reads plain digits with at most one decimal point: "1234.50". No sign, separators or exponent; at most 38 digits.
    pub fn parse(digits: &str) -> Option<Self> {
        // Up to eighteen digits fit a machine word.
        if digits.len() <= 18 {
            let (mut value, mut point) = (0, None);
            for (at, byte) in digits.bytes().enumerate() {
                match byte {
                    b'0'..=b'9' => value = value * 10 + i64::from(byte - b'0'),
                    b'.' if point.is_none() => point = Some(at),
                    _ => return None,
                }
            }
            let scale = point.map_or(0, |at| digits.len() - at - 1);
            let is_number = digits.len() > usize::from(point.is_some());
            return is_number.then(|| Self::of(i128::from(value), scale as u8));
        }
        let (mut mantissa, mut scale, mut seen, mut point) = (0_i128, 0_u8, 0_u8, false);
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                    scale += u8::from(point);
                    seen = seen.checked_add(1).filter(|seen| *seen <= MAX_SCALE)?;
                }
                b'.' if !point => point = true,
                _ => return None,
            }
        }
        (seen > 0).then(|| Self::of(mantissa, scale))
    }

    /// The digits as one whole number: 450 of 4.50.
    #[inline]
    pub fn mantissa(self) -> i128 {
        i128::from(self.high) << 64 | i128::from(self.low)
    }

    /// How many of the digits stand behind the point: 2 of 4.50.
    #[inline]
    pub fn scale(self) -> u8 {
        self.above.get() - 1
    }

    /// Times ten to the power of `exponent`, exact.
    pub fn shift(self, exponent: i32) -> Option<Self> {
        let mantissa = self.mantissa();
        if mantissa == 0 {
            return Some(Self::ZERO);
        }
        let scale = i32::from(self.scale()) - exponent;
        match u8::try_from(scale) {
            Ok(scale) => Self::new(mantissa, scale),
            Err(_) if scale < 0 => {
                let factor = 10_i128.checked_pow(scale.unsigned_abs())?;
                Some(Self::of(mantissa.checked_mul(factor)?, 0))
            }
            Err(_) => None,
        }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.aligned(other)?;
        Some(Self::of(a.checked_add(b)?, scale))
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (self.reduced(), other.reduced());
        Self::new(a.mantissa().checked_mul(b.mantissa())?, a.scale().checked_add(b.scale())?)
    }

    /// The quotient, rounded half away from nought to `places` decimal places; `None` for division by nought.
    pub fn divided(self, other: Self, places: u8) -> Option<Self> {
        let (a, b, _) = self.aligned(other)?;
        if b == 0 || places > MAX_SCALE {
            return None;
        }
        let scaled = a.checked_mul(10_i128.checked_pow(u32::from(places))?)?;
        let (quotient, rest) = (scaled / b, scaled % b);
        let away = if rest.unsigned_abs().checked_mul(2)? >= b.unsigned_abs() {
            scaled.signum() * b.signum()
        } else {
            0
        };
        Some(Self::of(quotient.checked_add(away)?, places).reduced())
    }

    /// The same with the other sign.
    pub fn negated(self) -> Self {
        Self::of(-self.mantissa(), self.scale())
    }

    /// Without sign.
    pub fn abs(self) -> Self {
        if self.is_negative() { self.negated() } else { self }
    }

    /// Whether below nought.
    pub fn is_negative(self) -> bool {
        self.high < 0
    }

    /// Whether a whole number.
    pub fn is_whole(self) -> bool {
        self.scale() == 0 || self.reduced().scale() == 0
    }

    /// The value as a whole number; `None` when it has a fraction or does not fit.
    pub fn to_i64(self) -> Option<i64> {
        let reduced = self.reduced();
        (reduced.scale() == 0).then(|| i64::try_from(reduced.mantissa()).ok()).flatten()
    }

    /// Both mantissas over the larger scale.
    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        let scale = self.scale().max(other.scale());
        if self.above == other.above {
            return Some((self.mantissa(), other.mantissa(), scale));
        }
        let raise =
            |d: Self| d.mantissa().checked_mul(10_i128.checked_pow(u32::from(scale - d.scale()))?);
        Some((raise(self)?, raise(other)?, scale))
    }

    /// Writes what [`Display`](fmt::Display) does, in a tenth of its time.
    ///
    /// # Errors
    /// What `to` fails with.
    pub fn write(self, to: &mut impl fmt::Write) -> fmt::Result {
        let mut text = [0; MOST_DIGITS];
        let scale = usize::from(self.scale());
        let mut rest = self.mantissa().unsigned_abs();
        let (mut begin, mut digits) = (MOST_DIGITS, 0);
        let mut digit = |digit: u8| {
            if digits > 0 && digits == scale {
                begin -= 1;
                text[begin] = b'.';
            }
            begin -= 1;
            text[begin] = b'0' + digit;
            digits += 1;
            digits <= scale
        };
        // Dividing 128 bits takes long, and is hardly ever needed.
        let mut small = loop {
            match u64::try_from(rest) {
                Ok(small) => break small,
                Err(_) => digit((rest % 10) as u8),
            };
            rest /= 10;
        };
        while digit((small % 10) as u8) || small >= 10 {
            small /= 10;
        }
        if self.is_negative() {
            to.write_char('-')?;
        }
        to.write_str(
            text.get(begin..).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default(),
        )
    }

    /// Without trailing noughts after the point.
    pub fn reduced(self) -> Self {
        let (mut mantissa, mut scale) = (self.mantissa(), self.scale());
        // Dividing 128 bits takes long, and is hardly ever needed.
        if let Ok(mut small) = i64::try_from(mantissa) {
            while scale > 0 && small % 10 == 0 {
                small /= 10;
                scale -= 1;
            }
            return Self::of(i128::from(small), scale);
        }
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self::of(mantissa, scale)
    }

    #[inline(never)]
    fn cmp_of_scales(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((a, b, _)) => a.cmp(&b),
            // One of them is too large to be written over the other's scale, so the whole parts differ.
            None => {
                let whole = |d: &Self| {
                    d.mantissa() / 10_i128.checked_pow(u32::from(d.scale())).unwrap_or(i128::MAX)
                };
                whole(self).cmp(&whole(other))
            }
        }
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decimal")
            .field("mantissa", &self.mantissa())
            .field("scale", &self.scale())
            .finish()
    }
}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        if self.above == other.above {
            return self.low == other.low && self.high == other.high;
        }
        self.cmp_of_scales(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.above == other.above {
            return self.mantissa().cmp(&other.mantissa());
        }
        self.cmp_of_scales(other)
    }
}

/// Plain decimal notation as `google.type.Decimal` has it: "-4500000000", "58.24"; digits after the point as said.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// Digits of a number of 128 bits, a nought before the point, the point.
const MOST_DIGITS: usize = 39 + 2;

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(digits: &str) -> Decimal {
        Decimal::parse(digits).expect("digits")
    }

    #[test]
    fn digits_as_said_are_kept() {
        assert_eq!(decimal("58.240").to_string(), "58.240");
        assert_eq!(decimal("4.5").shift(9).map(|d| d.to_string()).as_deref(), Some("4500000000"));
        assert_eq!(decimal("0.05").negated().to_string(), "-0.05");
        assert_eq!(decimal("3.00"), decimal("3"));
        assert_eq!(Decimal::ZERO.to_string(), "0");
        assert_eq!(decimal("0.00").to_string(), "0.00");
        let long = "9".repeat(38);
        assert_eq!(decimal(&long).to_string(), long);
        let fraction = format!("0.{}", "9".repeat(37));
        assert_eq!(decimal(&fraction).to_string(), fraction);
        let least = Decimal::new(i128::MIN, 38).map(|least| least.to_string());
        assert_eq!(least.as_deref(), Some("-1.70141183460469231731687303715884105728"));
        let small = Decimal::new(-5, 38).map(|small| small.to_string());
        assert_eq!(small, Some(format!("-0.{}5", "0".repeat(37))));
        assert_eq!(Decimal::whole(i64::MIN).to_string(), i64::MIN.to_string());
        assert_eq!(Decimal::parse("1.2.3"), None);
        assert_eq!(Decimal::parse("."), None);
    }

    #[test]
    fn out_of_range_is_none() {
        assert_eq!(Decimal::parse(&"9".repeat(39)), None);
        assert_eq!(decimal("1").shift(39), None);
        assert!(decimal("1").shift(30).is_some() && decimal("1").shift(-30).is_some());
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(decimal("0.1").plus(decimal("0.2")), Some(decimal("0.3")));
        assert_eq!(decimal("1").divided(decimal("3"), 4), Some(decimal("0.3333")));
        assert_eq!(
            decimal("2").divided(decimal("3").negated(), 2).map(|d| d.to_string()).as_deref(),
            Some("-0.67")
        );
        assert_eq!(decimal("1").divided(Decimal::ZERO, 2), None);
        assert!(
            decimal("1")
                .shift(38)
                .is_some_and(|huge| huge > decimal("0.00000000000000000000000000000001"))
        );
    }
}
