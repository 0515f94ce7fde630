package dev.flamingo.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of a record a setting. Its key is its name in dotted lower case below the key
 * of its record, its type is the component's, and its default is what the record's default has.
 *
 * <p>Types: {@code String}, {@code int}, {@code short}, {@code long}, {@code boolean}, {@code
 * Duration}, {@code Path}, {@code Instant}, enumerations, and classes with a public static {@code
 * parse(String)}; {@code Optional} and {@code List} of these; {@code Map<String, String>} for all
 * keys below one. A record with settings of its own has them below its key; they are described by
 * its phrase and theirs.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it sets, as a phrase without a full stop; may be empty for a record. */
  String value();

  /** The last part of its key where that is not the component's name. */
  String key() default "";

  /** Whether its value is never shown. */
  boolean secret() default false;

  /** Whether it counts bytes, and so may be written with KiB, MiB or GiB. */
  boolean bytes() default false;
}
