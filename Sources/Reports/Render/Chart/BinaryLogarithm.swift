extension Double {
  /// The logarithm to base 2 of a number of at least 1, to five decimal places: columns need no more,
  /// and it needs no libm, whose last digit differs from one to the next.
  var binaryLogarithm: Double {
    var (digits, square) = (Double(exponent), significand)
    var location = 0.5
    while location > 1e-6 {
      square *= square
      if square >= 2 {
        square /= 2
        digits += location
      }
      location /= 2
    }
    return digits
  }
}
