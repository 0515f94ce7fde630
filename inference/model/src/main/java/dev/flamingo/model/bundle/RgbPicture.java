package dev.flamingo.model.bundle;

/**
 * A decoded picture.
 *
 * @param packed red, green, blue, pixel after pixel, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // pixels, never compared
record RgbPicture(int width, int height, byte[] packed) {}
