//! Every measure against numbers from other packages, family by family.
//!
//! The files in `tests/reference` say which package and which method each number comes from, and
//! how far an answer may be off: `|got - expected| <= abs + rel · |expected|`, with the tolerance
//! of the field, or else the star, or else the default. Fields that a case does not mention are free.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod agreement;

use peil_measure::cases::{compute, families};

use agreement::{assert_cases_agree, reference_file};

#[test]
fn nps_agrees_with_the_r_packages_nps_and_propcis() {
    assert_family_agrees("nps");
}

#[test]
fn proportion_agrees_with_the_r_package_binom() {
    assert_family_agrees("proportion");
}

#[test]
fn csat_agrees_with_statsmodels() {
    assert_family_agrees("csat");
}

#[test]
fn mean_agrees_with_statsmodels() {
    assert_family_agrees("mean");
}

#[test]
fn nps_diff_agrees_with_the_r_packages_nps_propcis_and_coin() {
    assert_family_agrees("nps_diff");
}

#[test]
fn prop_diff_agrees_with_statsmodels_and_scipy() {
    assert_family_agrees("prop_diff");
}

#[test]
fn mean_diff_agrees_with_statsmodels() {
    assert_family_agrees("mean_diff");
}

#[test]
fn p_adjust_agrees_with_r() {
    assert_family_agrees("p_adjust");
}

#[test]
fn response_rate_agrees_with_the_r_package_outcomerate() {
    assert_family_agrees("response_rate");
}

#[test]
fn compare_groups_agrees_with_r_and_the_r_package_metafor() {
    assert_family_agrees("compare_groups");
}

#[test]
fn drivers_agree_with_the_r_packages_relaimpo_and_rwa() {
    assert_family_agrees("drivers");
}

#[test]
fn quadrant_follows_martilla_and_james() {
    assert_family_agrees("quadrant");
}

#[test]
fn reliability_agrees_with_the_r_packages_psych_and_lavaan() {
    assert_family_agrees("reliability");
}

#[test]
fn icc_agrees_with_the_r_packages_icc_and_lme4() {
    assert_family_agrees("icc");
}

#[test]
fn shrinkage_agrees_with_the_r_package_metafor() {
    assert_family_agrees("shrinkage");
}

#[test]
fn response_quality_agrees_with_the_r_package_careless() {
    assert_family_agrees("response_quality");
}

#[test]
fn cusum_agrees_with_the_r_package_qcc() {
    assert_family_agrees("cusum");
}

#[test]
fn ewma_agrees_with_the_r_package_qcc() {
    assert_family_agrees("ewma");
}

#[test]
fn arl_agrees_with_the_r_package_spc() {
    assert_family_agrees("arl");
}

#[test]
fn farrington_agrees_with_the_r_package_surveillance() {
    assert_family_agrees("farrington");
}

#[test]
fn rate_ratio_agrees_with_r() {
    assert_family_agrees("rate_ratio");
}

#[test]
fn trend_agrees_with_r_and_the_r_package_metafor() {
    assert_family_agrees("trend");
}

#[test]
fn mann_kendall_agrees_with_the_r_packages_trend_and_kendall() {
    assert_family_agrees("mann_kendall");
}

#[test]
fn fpc_agrees_with_the_r_package_survey() {
    assert_family_agrees("fpc");
}

#[test]
fn sample_size_agrees_with_r_practools_and_statsmodels() {
    assert_family_agrees("sample_size");
}

#[test]
fn gof_agrees_with_r() {
    assert_family_agrees("gof");
}

#[test]
fn kish_agrees_with_practools() {
    assert_family_agrees("kish");
}

#[test]
fn trim_weights_agrees_with_the_r_package_survey() {
    assert_family_agrees("trim_weights");
}

#[test]
fn rake_agrees_with_the_r_package_survey() {
    assert_family_agrees("rake");
}

#[test]
fn post_stratify_agrees_with_the_r_package_survey() {
    assert_family_agrees("post_stratify");
}

#[test]
fn weighted_nps_agrees_with_the_r_package_survey() {
    assert_family_agrees("weighted_nps");
}

#[test]
fn r_indicator_agrees_with_the_risq_code() {
    assert_family_agrees("r_indicator");
}

#[test]
fn every_family_has_reference_cases() {
    for family in families() {
        assert!(
            reference_file(family.name).exists(),
            "no reference file for {}",
            family.name
        );
    }
}

fn assert_family_agrees(family: &str) {
    assert_cases_agree(family, |input| compute(family, input).unwrap());
}
