//! The tails of the normal distribution, to the last digits and fast enough for every tile of a
//! dashboard: two rational approximations of Cody (1969), *Mathematics of Computation* 23, 631-637,
//! and Laplace's continued fraction beyond them.

/// √(1/2π).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// Up to here the middle is approximated; beyond, the tail.
const MIDDLE: f64 = 0.674_489_75;

/// From here on a continued fraction of so many terms is exact.
const FAR: f64 = 5.656_854_249_492_381;
const TERMS: u8 = 60;

/// P(|Z| >= |z|) for a standard normal Z, with a relative error of some 1e-15.
pub(crate) fn normal_two_sided_p(z: f64) -> f64 {
    let distance = z.abs();
    if distance <= MIDDLE {
        return 1.0 - 2.0 * middle(distance);
    }
    let ratio = if distance <= FAR {
        near_tail(distance)
    } else {
        far_tail(distance)
    };
    // z² in two parts, the first of which is exact, so that a large exponent keeps its digits.
    let rough = (distance * 16.0).trunc() / 16.0;
    let rest = (distance - rough) * (distance + rough);
    2.0 * (-rough * rough / 2.0).exp() * (-rest / 2.0).exp() * ratio
}

/// P(0 <= Z <= z).
fn middle(z: f64) -> f64 {
    let square = z * z;
    let above = [
        0.065_682_337_918_207_45,
        2.235_252_035_460_684,
        161.028_231_068_555_87,
        1_067.689_485_460_371,
        18_154.981_253_343_56,
    ];
    let below = [
        1.0,
        47.202_581_904_688_245,
        976.098_551_737_776_7,
        10_260.932_208_618_979,
        45_507.789_335_026_73,
    ];
    z * polynomial(&above, square) / polynomial(&below, square)
}

/// The tail over exp(-z²/2), at a middling distance.
fn near_tail(z: f64) -> f64 {
    let above = [
        1.076_557_677_372_019_2e-8,
        0.398_941_512_088_134_66,
        8.883_149_794_388_377,
        93.506_656_132_177_85,
        597.270_276_394_800_2,
        2_494.537_585_290_372_6,
        6_848.190_450_536_283,
        11_602.651_437_647_35,
        9_842.714_838_383_978,
    ];
    let below = [
        1.0,
        22.266_688_044_328_117,
        235.387_901_782_625,
        1_519.377_599_407_554_7,
        6_485.558_298_266_761,
        18_615.571_640_885_097,
        34_900.952_721_145_98,
        38_912.003_286_093_27,
        19_685.429_676_859_992,
    ];
    polynomial(&above, z) / polynomial(&below, z)
}

/// The tail over exp(-z²/2), far out: Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/...))),
/// from so deep inside that what is left out no longer counts.
fn far_tail(z: f64) -> f64 {
    let inside = (1..=TERMS)
        .rev()
        .fold(z, |rest, term| z + f64::from(term) / rest);
    DENSITY_AT_ZERO / inside
}

/// A polynomial, highest power first.
fn polynomial(coefficients: &[f64], at: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |value, coefficient| value * at + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_approximations_meet() {
        for border in [MIDDLE, FAR] {
            let (before, after) = (border * (1.0 - 1e-15), border * (1.0 + 1e-15));
            let ratio = normal_two_sided_p(before) / normal_two_sided_p(after);
            assert!((ratio - 1.0).abs() < 1e-12, "{border}: {ratio}");
        }
    }
}
