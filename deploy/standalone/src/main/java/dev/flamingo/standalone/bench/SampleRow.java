package dev.flamingo.standalone.bench;

/**
 * What sampling a file costs.
 *
 * @param reader who samples
 * @param pictures how many came out
 * @param pictureSize of what size, in pixels
 * @param videoSeconds length of the video
 * @param cpuSeconds of processors, user and system
 * @param videoSecondsPerCpuSecond the one by the other
 * @param timesFfmpeg that of this reader by that of {@code ffmpeg -vf fps=1}
 */
record SampleRow(
    String reader,
    long pictures,
    String pictureSize,
    double videoSeconds,
    double cpuSeconds,
    double videoSecondsPerCpuSecond,
    double timesFfmpeg) {}
