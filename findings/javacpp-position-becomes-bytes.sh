#!/usr/bin/env bash
# JavaCPP 1.5.14: position(n) of a FloatPointer counts elements for get() and put(), but a method that takes a plain
# Pointer (memcpy, PointerPointer.put, and through it FFmpeg's data planes) is given an address n BYTES further.
# Nothing is thrown: planes of one float tensor that are handed over by position overlap. getPointer(n) is right.
# Seen:
#   get(): 4.0
#   memcpy: 1.0
#   PointerPointer: 4 bytes further
#   getPointer(4): 16 bytes further
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.14</version></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.14</version><classifier>linux-x86_64</classifier></dependency>
  </dependencies>
</project>
POM
mvn -q --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat >Show.java <<'JAVA'
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

public class Show {
  public static void main(String[] args) {
    FloatPointer floats = new FloatPointer(8);
    for (int i = 0; i < 8; i++) {
      floats.put(i, i);
    }
    FloatPointer fourth = new FloatPointer(floats).position(4);
    System.out.println("get(): " + fourth.get());

    FloatPointer copy = new FloatPointer(1);
    Pointer.memcpy(copy, fourth, Float.BYTES);
    System.out.println("memcpy: " + copy.get());

    PointerPointer<FloatPointer> planes = new PointerPointer<>(1);
    planes.put(0, fourth);
    long further = planes.get(FloatPointer.class, 0).address() - floats.address();
    System.out.println("PointerPointer: " + further + " bytes further");
    System.out.println("getPointer(4): " + (floats.getPointer(4).address() - floats.address()) + " bytes further");
  }
}
JAVA
java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java | tee seen

diff seen - <<'EXPECTED'
get(): 4.0
memcpy: 1.0
PointerPointer: 4 bytes further
getPointer(4): 16 bytes further
EXPECTED
