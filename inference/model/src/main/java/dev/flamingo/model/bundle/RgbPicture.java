package dev.flamingo.model.bundle;

/**
 * A decoded picture.
 *
 * @param packed red, green, blue, pixel after pixel, row after row
 */
record RgbPicture(int width, int height, byte[] packed) {}
