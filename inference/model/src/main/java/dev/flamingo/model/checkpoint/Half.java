package dev.flamingo.model.checkpoint;

/** IEEE 754 half precision by hand: Java has the conversions only since release 20. */
public final class Half {

  private static final int EXPONENT_SHIFT = 13;
  private static final int EXPONENT_BIAS = (127 - 15) << 23;
  private static final int INFINITY = 0x7f80_0000;
  // The smallest float that rounds to infinity (65520) and the smallest normal half (2^-14).
  private static final int OVERFLOW = 0x477f_f000;
  private static final int SMALLEST_NORMAL = 0x3880_0000;

  private Half() {}

  /** Returns the nearest half; ties go to the even one, what is too large becomes infinite. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fff_ffff;
    if (magnitude > INFINITY) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude >= SMALLEST_NORMAL) {
      int even = (magnitude >>> EXPONENT_SHIFT) & 1;
      return (short) (sign | ((magnitude - EXPONENT_BIAS + 0xfff + even) >>> EXPONENT_SHIFT));
    }
    // Subnormal halves are multiples of 2^-24; Math.rint rounds ties to even.
    return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
  }

  /** Returns the value of a half exactly. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = half & 0x7fff;
    if (magnitude < 0x400) {
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * 0x1p-24f));
    }
    int bits = magnitude << EXPONENT_SHIFT;
    return Float.intBitsToFloat(
        sign | (magnitude >= 0x7c00 ? bits | INFINITY : bits + EXPONENT_BIAS));
  }
}
