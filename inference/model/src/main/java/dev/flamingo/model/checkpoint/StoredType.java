package dev.flamingo.model.checkpoint;

import java.nio.ByteBuffer;

/** How a safetensors file stores a number; where something computes, all are 32-bit floats. */
public enum StoredType {
  /** 32-bit float. */
  F32(4) {
    @Override
    float read(ByteBuffer source) {
      return source.getFloat();
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putFloat(value);
    }
  },
  /** IEEE half precision. */
  F16(2) {
    @Override
    float read(ByteBuffer source) {
      return Half.toFloat(source.getShort());
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putShort(Half.of(value));
    }
  },
  /** The upper half of a 32-bit float. */
  BF16(2) {
    @Override
    float read(ByteBuffer source) {
      return Float.intBitsToFloat(source.getShort() << 16);
    }

    @Override
    void write(float value, ByteBuffer target) {
      int bits = Float.floatToIntBits(value);
      int even = (bits >>> 16) & 1;
      target.putShort((short) ((Float.isNaN(value) ? bits : bits + 0x7fff + even) >>> 16));
    }
  },
  /** 32-bit integer; beyond 2^24 it loses precision. */
  I32(4) {
    @Override
    float read(ByteBuffer source) {
      return source.getInt();
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putInt((int) value);
    }
  },
  /** 64-bit integer; beyond 2^24 it loses precision. */
  I64(8) {
    @Override
    float read(ByteBuffer source) {
      return source.getLong();
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putLong((long) value);
    }
  };

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of one number. */
  public int bytes() {
    return bytes;
  }

  abstract float read(ByteBuffer source);

  abstract void write(float value, ByteBuffer target);
}
