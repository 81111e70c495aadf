# The methods of the R package surveillance on the series that the simulation wrote, beside what Peil found in the
# same series: one JSON object a line. Judged are the last 52 weeks of quiet series, and the last weeks of the others.

suppressPackageStartupMessages(library(surveillance))

all <- read.csv(commandArgs(trailingOnly = TRUE)[1], stringsAsFactors = FALSE)
show <- function(what, figure) cat(sprintf('{"what": "%s", "figure": %.4f}\n', what, figure))

# Beginnings of alarms: an alarm that goes on is one alarm.
onsets <- function(alarms) sum(diff(c(0, alarms)) == 1)

judge <- list(
  earsC = function(counts, exposure, weeks) {
    series <- sts(observed = counts, frequency = 52)
    as.integer(earsC(series, control = list(range = weeks, method = "C1", alpha = 0.005))@alarm)
  },
  farringtonFlexible = function(counts, exposure, weeks) {
    series <- sts(observed = counts, population = matrix(exposure), frequency = 52, start = c(2020, 1))
    control <- list(range = weeks, b = 2, w = 3, alpha = 0.005, noPeriods = 1, thresholdMethod = "nbPlugin",
                    populationOffset = TRUE, pastWeeksNotIncluded = 3, limit54 = c(5, 4), fitFun = "algo.farrington.fitGLM.flexible",
                    pThresholdTrend = 0.05, weightsThreshold = 2.58)
    as.integer(farringtonFlexible(series, control = control)@alarm)
  },
  glrnb = function(counts, exposure, weeks) {
    before <- seq_len(min(weeks) - 1)
    rate <- sum(counts[before]) / sum(exposure[before])
    series <- sts(observed = counts, frequency = 52)
    control <- list(range = weeks, c.ARL = 4.5, mu0 = rate * exposure[weeks], alpha = 0, theta = log(2),
                    ret = "cases", dir = "inc", change = "intercept")
    as.integer(glrnb(series, control = control)@alarm)
  }
)

for (kind in unique(all$kind)) {
  of_kind <- all[all$kind == kind, ]
  numbers <- unique(of_kind$series)
  total <- max(of_kind$week) + 1
  is_quiet <- startsWith(kind, "quiet")
  last <- if (is_quiet) 52 else if (startsWith(kind, "x4")) 2 else 6
  weeks <- seq(total - last + 1, total)
  figure <- function(alarms) {
    if (is_quiet) mean(sapply(alarms, onsets)) else 100 * mean(sapply(alarms, any))
  }
  name <- if (is_quiet) "false alarms a year" else sprintf("found in %d weeks", last)
  peil <- lapply(numbers, function(n) of_kind$alarm[of_kind$series == n][weeks])
  show(sprintf("%s, %s: Peil on %d series", name, kind, length(numbers)), figure(peil))
  for (method in names(judge)) {
    alarms <- lapply(numbers, function(n) {
      one <- of_kind[of_kind$series == n, ]
      suppressWarnings(judge[[method]](one$mentions, one$answers, weeks))
    })
    show(sprintf("%s, %s: %s on %d series", name, kind, method, length(numbers)), figure(alarms))
  }
}
