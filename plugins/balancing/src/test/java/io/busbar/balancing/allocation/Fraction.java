package io.busbar.balancing.allocation;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact number. */
record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {

  static final Fraction ZERO = of(0);

  Fraction {
    BigInteger common = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
    over = over.divide(common);
    under = under.divide(common);
  }

  static Fraction of(double value) {
    BigDecimal exact = new BigDecimal(value);
    return new Fraction(
        exact.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(0, -exact.scale()))),
        BigInteger.TEN.pow(Math.max(0, exact.scale())));
  }

  Fraction plus(Fraction other) {
    return new Fraction(
        over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
  }

  Fraction minus(Fraction other) {
    return plus(new Fraction(other.over.negate(), other.under));
  }

  Fraction times(Fraction other) {
    return new Fraction(over.multiply(other.over), under.multiply(other.under));
  }

  Fraction dividedBy(Fraction other) {
    return new Fraction(over.multiply(other.under), under.multiply(other.over));
  }

  Fraction min(Fraction other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Fraction max(Fraction other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Rounded down; for values of 0 and above. */
  int floor() {
    return over.divide(under).intValueExact();
  }

  @Override
  public int compareTo(Fraction other) {
    return over.multiply(other.under).compareTo(other.over.multiply(under));
  }
}
