# The work of crates/peil-measure/examples/speed.rs in R without packages, one line per measurement:
# the same name, a tab and milliseconds. What R needs packages for, or minutes, is left out.

set.seed(1)

report <- function(name, times, work) {
  best <- Inf
  for (run in 1:3) {
    start <- proc.time()[["elapsed"]]
    for (i in seq_len(times)) work()
    best <- min(best, (proc.time()[["elapsed"]] - start) * 1000 / times)
  }
  cat(sprintf("%s\t%.6f\n", name, best))
}

parts <- function(counts) {
  c(n = sum(counts), down = sum(counts[1:7]), up = sum(counts[10:11]))
}

adjusted <- function(counts) {
  part <- parts(counts) + c(3, 0.75, 0.75)
  d <- (part[["up"]] - part[["down"]]) / part[["n"]]
  v <- (part[["up"]] + part[["down"]]) / part[["n"]] - d^2
  c(100 * d, 100 * sqrt(v / part[["n"]]))
}

# Tango's interval: both roots of the score statistic.
score_interval <- function(counts, z = qnorm(0.975)) {
  part <- parts(counts)
  n <- part[["n"]]
  up <- part[["up"]]
  down <- part[["down"]]
  statistic <- function(d) {
    b <- -down - up + (2 * n - up + down) * d
    q <- (sqrt(b^2 + 8 * n * down * d * (1 - d)) - b) / (4 * n)
    (up - down - n * d) / sqrt(n * (2 * q + d * (1 - d)))
  }
  center <- (up - down) / n
  100 * c(uniroot(function(d) statistic(d) - z, c(-0.9999, center))$root,
          uniroot(function(d) statistic(d) + z, c(center, 0.9999))$root)
}

all_intervals <- function(counts) {
  part <- parts(counts)
  d <- (part[["up"]] - part[["down"]]) / part[["n"]]
  se <- 100 * sqrt(((part[["up"]] + part[["down"]]) / part[["n"]] - d^2) / part[["n"]])
  careful <- adjusted(counts)
  z <- qnorm(0.975)
  c(100 * d + c(-z, z) * se, careful[1] + c(-z, z) * careful[2], score_interval(counts))
}

answers <- c(4, 4, 2, 6, 7, 18, 15, 38, 68, 75, 75)
report("nps with three intervals", 2000, function() all_intervals(answers))

cells <- matrix(20 + sample.int(60, 5000 * 11, replace = TRUE), ncol = 11)
report("dashboard of 5000 cells", 1, function() {
  careful <- apply(cells, 1, adjusted)
  apply(cells, 1, all_intervals)
  z <- diff(careful[1, ]) / sqrt(careful[2, -1]^2 + careful[2, -ncol(careful)]^2)
  p <- 2 * pnorm(-abs(z))
  p.adjust(p, "BH")
  p.adjust(p, "holm")
})

draw <- function(width, rows = 100000) {
  mood <- sample.int(4, rows, replace = TRUE)
  scores <- matrix(sample.int(7, rows * width, replace = TRUE), rows) + mood
  cbind(rowSums(scores) + sample.int(20, rows, replace = TRUE), scores)
}

# R2 of every subset from the correlations, then Shapley's weights.
lmg <- function(table) {
  r <- cor(table)
  width <- ncol(r) - 1
  masks <- 0:(2^width - 1)
  members <- lapply(masks, function(mask) which(bitwAnd(mask, 2^(seq_len(width) - 1)) > 0))
  r2 <- vapply(members, function(one) {
    if (length(one) == 0) return(0)
    sum(r[1, one + 1] * solve(r[one + 1, one + 1, drop = FALSE], r[one + 1, 1]))
  }, 0)
  size <- lengths(members)
  weight <- factorial(size) * factorial(width - size - 1) / factorial(width)
  vapply(seq_len(width), function(driver) {
    without <- which(bitwAnd(masks, 2^(driver - 1)) == 0)
    sum(weight[without] * (r2[without + 2^(driver - 1)] - r2[without]))
  }, 0)
}

johnson <- function(table) {
  r <- cor(table)
  split <- eigen(r[-1, -1], symmetric = TRUE)
  root <- split$vectors %*% (sqrt(split$values) * t(split$vectors))
  drop(root^2 %*% solve(root, r[-1, 1])^2)
}

twelve <- draw(12)
report("drivers, LMG, 12 x 100000 rows", 1, function() lmg(twelve))
thirty <- draw(30)
report("drivers, Johnson, 30 x 100000 rows", 1, function() johnson(thirty))

sizes <- c(6, 12, 5, 4)
rows <- lapply(sizes, function(size) sample.int(size, 1e6, replace = TRUE))
targets <- lapply(sizes, function(size) (9 + seq_len(size)) / sum(9 + seq_len(size)) * 1e6)
report("raking, 1000000 rows x 4 margins", 1, function() {
  weight <- rep(1, 1e6)
  repeat {
    off <- 0
    for (variable in seq_along(sizes)) {
      sums <- rowsum(weight, rows[[variable]])[, 1]
      factor <- targets[[variable]] / sums
      off <- max(off, abs(factor - 1))
      weight <- weight * factor[rows[[variable]]]
    }
    if (off < 1e-14 * 10) break
  }
})

scores <- sample.int(11, 1e6, replace = TRUE) - 1
weight <- 0.5 + sample.int(100, 1e6, replace = TRUE) / 50
report("weighted NPS, 1000000 rows", 1, function() {
  lapply(list((scores >= 9) - (scores <= 6), as.numeric(scores >= 9)), function(worth) {
    center <- sum(weight * worth) / sum(weight)
    influence <- weight * (worth - center) / sum(weight)
    c(center, sqrt(length(worth) * var(influence)))
  })
})
