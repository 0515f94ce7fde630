package dev.flamingo.training.benchmark;

import dev.flamingo.training.metric.ScoreMetric;

/** The benchmarks of Flamingo's first table, and NExT-QA with choices beside them. */
public enum Benchmark {
  /** VQAv2, validation part: answers of the test part are not public. */
  VQAV2("vqav2", ScoreMetric.VQA),
  /** OKVQA, validation part. */
  OKVQA("okvqa", ScoreMetric.VQA),
  /** VizWiz, validation part: answers of the test part are not public. */
  VIZWIZ("vizwiz", ScoreMetric.VQA),
  /** TextVQA, validation part. */
  TEXTVQA("textvqa", ScoreMetric.VQA),
  /** COCO captions, Karpathy's test part. */
  COCO("coco", ScoreMetric.CIDER_D),
  /** Flickr30K captions, Karpathy's test part. */
  FLICKR30K("flickr30k", ScoreMetric.CIDER_D),
  /** VATEX captions in English, public test part. */
  VATEX("vatex", ScoreMetric.CIDER_D),
  /** YouCook2 captions, validation part. */
  YOUCOOK2("youcook2", ScoreMetric.CIDER_D),
  /** MSVD-QA, test part. */
  MSVD_QA("msvdqa", ScoreMetric.EXACT),
  /** MSRVTT-QA, test part. */
  MSRVTT_QA("msrvttqa", ScoreMetric.EXACT),
  /** iVQA, test part. */
  IVQA("ivqa", ScoreMetric.IVQA),
  /** NExT-QA with open answers, test part. */
  NEXTQA("nextqa", ScoreMetric.WUPS),
  /** STAR, validation part: answers of the test part are not public. */
  STAR("star", ScoreMetric.MULTIPLE_CHOICE),
  /** VisDial 1.0, validation part. */
  VISDIAL("visdial", ScoreMetric.NDCG),
  /** HatefulMemes, seen test part. */
  HATEFUL_MEMES("hatefulmemes", ScoreMetric.AUC),
  /** RareAct. */
  RAREACT("rareact", ScoreMetric.MWAP),
  /** NExT-QA with five answers to choose from, test part; not in the table. */
  NEXTQA_MC("nextqa-mc", ScoreMetric.MULTIPLE_CHOICE);

  private final String label;
  private final ScoreMetric metric;

  Benchmark(String label, ScoreMetric metric) {
    this.label = label;
    this.metric = metric;
  }

  /** Returns its name on the command line. */
  public String label() {
    return label;
  }

  /** Returns its measure. */
  public ScoreMetric metric() {
    return metric;
  }

  /** Returns how its files are read. */
  public BenchmarkForm form() {
    return switch (this) {
      case VQAV2 -> new VqaForm("v2_");
      case OKVQA -> new VqaForm("");
      case VIZWIZ -> new VizWizForm();
      case TEXTVQA -> new TextVqaForm();
      case COCO -> new KarpathyForm("dataset_coco.json", "images");
      case FLICKR30K -> new KarpathyForm("dataset_flickr30k.json", "flickr30k-images");
      case VATEX -> new VatexForm();
      case YOUCOOK2 -> new YouCookForm();
      case MSVD_QA -> new VideoQaForm("vid", "YouTubeClips", "videos");
      case MSRVTT_QA -> new VideoQaForm("video", "TestVideo", "TrainValVideo", "video", "videos");
      case IVQA -> new IvqaForm();
      case NEXTQA -> new NextQaForm(/* choices= */ false);
      case NEXTQA_MC -> new NextQaForm(/* choices= */ true);
      case STAR -> new StarForm();
      case VISDIAL -> new VisDialForm();
      case HATEFUL_MEMES -> new HatefulMemesForm();
      case RAREACT -> new RareActForm();
    };
  }
}
