package io.busbar.balancing.decide;

/** A current as a complex number. */
record Phasor(double real, double imaginary) {

  static final Phasor ZERO = new Phasor(0, 0);

  static Phasor of(double magnitude, double degrees) {
    double angle = Math.toRadians(degrees);
    return new Phasor(magnitude * Math.cos(angle), magnitude * Math.sin(angle));
  }

  Phasor plus(Phasor other) {
    return new Phasor(real + other.real, imaginary + other.imaginary);
  }

  Phasor turned(double degrees) {
    Phasor by = of(1, degrees);
    return new Phasor(
        real * by.real - imaginary * by.imaginary, real * by.imaginary + imaginary * by.real);
  }

  double magnitude() {
    return Math.hypot(real, imaginary);
  }
}
