package dev.flamingo.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkFormTest {

  private final Path folder;
  private final TinyBenchmark tiny;

  BenchmarkFormTest(@TempDir Path folder) {
    this.folder = folder;
    tiny = new TinyBenchmark(folder);
  }

  private BenchmarkItem only(Benchmark benchmark, Split split) throws IOException {
    List<BenchmarkItem> items = tiny.read(benchmark, split);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private static List<String> texts(BenchmarkItem item) {
    return item.references().stream().map(Reference::text).toList();
  }

  @Test
  void vqaJoinsQuestionsAndAnnotations() throws IOException {
    tiny.file(
        "v2_OpenEnded_mscoco_val2014_questions.json",
        "{'questions':[{'image_id':262148,'question':'Where is he?','question_id':262148000}]}");
    tiny.file(
        "v2_mscoco_val2014_annotations.json",
        "{'annotations':[{'question_type':'where','answers':[{'answer':'up','answer_confidence':"
            + "'yes','answer_id':1},{'answer':'down','answer_confidence':'yes','answer_id':2},"
            + "{'answer':'down','answer_confidence':'yes','answer_id':3}],'image_id':262148,"
            + "'question_id':262148000}]}");
    tiny.raw("val2014/COCO_val2014_000000262148.jpg", "");
    BenchmarkItem item = only(Benchmark.VQAV2, Split.QUERY);
    assertThat(item.id()).isEqualTo("262148000");
    assertThat(item.cue()).isEqualTo(Cue.question("Where is he?"));
    assertThat(item.answer()).isEqualTo("down");
    assertThat(item.references()).doesNotHaveDuplicates().hasSize(3);
    assertThat(item.medium().file())
        .isEqualTo(folder.resolve("val2014/COCO_val2014_000000262148.jpg"));
  }

  @Test
  void anAnnotationWithoutItsQuestionIsAnError() throws IOException {
    tiny.file("OpenEnded_mscoco_val2014_questions.json", "{'questions':[]}");
    tiny.file(
        "mscoco_val2014_annotations.json",
        "{'annotations':[{'answers':[{'answer':'a'}],'image_id':1,'question_id':7}]}");
    assertThatThrownBy(() -> tiny.read(Benchmark.OKVQA, Split.QUERY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("annotations[0] is about question 7, which is not there");
  }

  @Test
  void vizWizAnswersThatAreEqualInAllAreOne() throws IOException {
    tiny.file(
        "val.json",
        "[{'image':'VizWiz_val_00000000.jpg','question':'What?','answers':[{'answer_confidence':"
            + "'yes','answer':'cup'},{'answer_confidence':'yes','answer':'cup'}],"
            + "'answer_type':'other','answerable':1}]");
    BenchmarkItem item = only(Benchmark.VIZWIZ, Split.QUERY);
    assertThat(item.references().get(0)).isEqualTo(item.references().get(1));
    assertThat(item.medium().file()).isEqualTo(folder.resolve("val/VizWiz_val_00000000.jpg"));
  }

  @Test
  void textVqaHasTenTexts() throws IOException {
    tiny.file(
        "TextVQA_0.5.1_val.json",
        "{'data':[{'question':'what brand?','image_id':'003a','question_id':34602,"
            + "'answers':['nokia','nokia','htc']}]}");
    tiny.raw("train_images/003a.jpg", "");
    BenchmarkItem item = only(Benchmark.TEXTVQA, Split.QUERY);
    assertThat(texts(item)).containsExactly("nokia", "nokia", "htc");
    assertThat(item.references()).doesNotHaveDuplicates();
    assertThat(item.medium().file()).isEqualTo(folder.resolve("train_images/003a.jpg"));
  }

  @Test
  void karpathySplitsPartCaptions() throws IOException {
    String images =
        "{'images':[{'filepath':'val2014','filename':'a.jpg','split':'test','sentences':"
            + "[{'raw':'A dog. '},{'raw':'One dog.'}]},{'filepath':'train2014','filename':'b.jpg',"
            + "'split':'restval','sentences':[{'raw':'A cat.'}]},{'filename':'c.jpg',"
            + "'split':'val','sentences':[{'raw':'A cow.'}]}]}";
    tiny.file("dataset_coco.json", images);
    tiny.file("dataset_flickr30k.json", images.replace("'filepath':'val2014',", ""));
    BenchmarkItem item = only(Benchmark.COCO, Split.QUERY);
    assertThat(texts(item)).containsExactly("A dog.", "One dog.");
    assertThat(item.cue()).isEqualTo(Cue.CAPTION);
    assertThat(item.medium().file()).isEqualTo(folder.resolve("val2014/a.jpg"));
    assertThat(only(Benchmark.COCO, Split.SUPPORT).answer()).isEqualTo("A cat.");
    assertThat(only(Benchmark.FLICKR30K, Split.QUERY).medium().file())
        .isEqualTo(folder.resolve("flickr30k-images/a.jpg"));
  }

  @Test
  void vatexTakesEnglish() throws IOException {
    tiny.file(
        "vatex_public_test_english_v1.1.json",
        "[{'videoID':'Ptf_000122_000132','enCap':['A man.','He.'],'chCap':['x']}]");
    tiny.raw("videos/Ptf_000122_000132.mp4", "");
    BenchmarkItem item = only(Benchmark.VATEX, Split.QUERY);
    assertThat(texts(item)).containsExactly("A man.", "He.");
    assertThat(item.medium().file()).isEqualTo(folder.resolve("videos/Ptf_000122_000132.mp4"));
  }

  @Test
  void youCookAsksForStepsOfARecipe() throws IOException {
    tiny.file(
        "youcookii_annotations_trainval.json",
        "{'database':{'GLd':{'duration':241,'subset':'validation','recipe_type':'113',"
            + "'annotations':[{'segment':[90,102],'id':0,'sentence':'spread the bread'}]},"
            + "'xyz':{'subset':'training','recipe_type':'1','annotations':[]}}}");
    tiny.raw("raw_videos/validation/113/GLd.webm", "");
    BenchmarkItem item = only(Benchmark.YOUCOOK2, Split.QUERY);
    assertThat(item.medium())
        .isEqualTo(new Medium(folder.resolve("raw_videos/validation/113/GLd.webm"), 90, 102));
    assertThat(texts(item)).containsExactly("spread the bread");
  }

  @Test
  void videoQuestionsFindTheirVideosByNumber() throws IOException {
    tiny.file("test_qa.json", "[{'id':0,'question':'what?','answer':'bun','video_id':1301}]");
    tiny.raw("youtube_mapping.txt", "-4wsuPCjDBc_5_15 vid1301\n");
    tiny.raw("YouTubeClips/-4wsuPCjDBc_5_15.avi", "");
    assertThat(only(Benchmark.MSVD_QA, Split.QUERY).medium().file())
        .isEqualTo(folder.resolve("YouTubeClips/-4wsuPCjDBc_5_15.avi"));
    tiny.raw("TrainValVideo/video1301.mp4", "");
    BenchmarkItem item = only(Benchmark.MSRVTT_QA, Split.QUERY);
    assertThat(item.medium().file()).isEqualTo(folder.resolve("TrainValVideo/video1301.mp4"));
    assertThat(texts(item)).containsExactly("bun");
  }

  @Test
  void iVqaHasFivePeople() throws IOException {
    tiny.raw(
        "test.csv",
        """
        video_id,start,end,question,answer1,answer2,answer3,answer4,answer5
        ab,3,9,"what, ""red""?",pan,pan,pot,pan,cup
        """);
    BenchmarkItem item = only(Benchmark.IVQA, Split.QUERY);
    assertThat(item.cue()).isEqualTo(Cue.question("what, \"red\"?"));
    assertThat(texts(item)).containsExactly("pan", "pan", "pot", "pan", "cup");
    assertThat(item.medium().from()).isEqualTo(3);
    assertThat(item.medium().to()).isEqualTo(9);
  }

  @Test
  void nextQaHasASecondAnswer() throws IOException {
    tiny.raw(
        "test.csv",
        """
        video,frame_count,width,height,question,answer,qid,type
        4010,369,640,480,why did he,to play,6,CW
        4010,369,640,480,how many dogs,two,7,DC
        """);
    tiny.file("add_reference_answer_test.json", "{'4010':{'6':'for fun'}}");
    tiny.file("map_vid_vidorID.json", "{'4010':'1164/3238'}");
    tiny.raw("NExTVideo/1164/3238.mp4", "");
    List<BenchmarkItem> items = tiny.read(Benchmark.NEXTQA, Split.QUERY);
    assertThat(items).extracting(BenchmarkItem::exact).containsExactly(false, true);
    BenchmarkItem item = items.get(0);
    assertThat(texts(item)).containsExactly("to play", "for fun");
    assertThat(item.medium().file()).isEqualTo(folder.resolve("NExTVideo/1164/3238.mp4"));
  }

  @Test
  void nextQaHasFiveChoicesInAnotherTable() throws IOException {
    String header = "video,frame_count,width,height,question,answer,qid,type,a0,a1,a2,a3,a4\n";
    tiny.raw("test.csv", header + "257,719,320,240,what did she,2,8,TN,clap,sit,lie,rest,crawl\n");
    BenchmarkItem item = only(Benchmark.NEXTQA_MC, Split.QUERY);
    assertThat(item.answer()).isEqualTo("lie");
    assertThat(item.candidates()).hasSize(5).contains(new Candidate("crawl", 0));
    assertThatThrownBy(() -> tiny.read(Benchmark.NEXTQA, Split.QUERY))
        .hasMessage(
            "test.csv row 1 has choices: take nextqa-mc, or fetch the files of open answers");
    tiny.raw("test.csv", header + "257,719,320,240,what did she,5,8,TN,clap,sit,lie,rest,crawl\n");
    assertThatThrownBy(() -> tiny.read(Benchmark.NEXTQA_MC, Split.QUERY))
        .hasMessageContaining("has the answer '5', which is no choice");
  }

  @Test
  void starHasFourChoices() throws IOException {
    tiny.file(
        "STAR_val.json",
        "[{'question_id':'I_1','question':'Which?','video_id':'6H','start':11.1,'end':19.6,"
            + "'answer':'The bag.','choices':[{'choice_id':0,'choice':'The cup.'},"
            + "{'choice_id':1,'choice':'The bag.'}]}]");
    BenchmarkItem item = only(Benchmark.STAR, Split.QUERY);
    assertThat(item.candidates())
        .containsExactly(new Candidate("The cup.", 0), new Candidate("The bag.", 1));
    assertThat(item.answer()).isEqualTo("The bag.");
  }

  @Test
  void visDialAsksTheRoundThatPeopleJudged() throws IOException {
    String dialogs =
        "{'data':{'questions':['is it red','is it big'],'answers':['yes','no','maybe'],"
            + "'dialogs':[{'image_id':185565,'caption':'a bus','dialog':[{'question':0,'answer':1,"
            + "'answer_options':[0,1,2]},{'question':1,'answer':0,'answer_options':[2,0,1]}]}]}}";
    tiny.file("visdial_1.0_val.json", dialogs);
    tiny.file("visdial_1.0_train.json", dialogs);
    tiny.file(
        "visdial_1.0_val_dense_annotations.json",
        "[{'image_id':185565,'round_id':2,'gt_relevance':[0.5,1.0,0.0]}]");
    BenchmarkItem item = only(Benchmark.VISDIAL, Split.QUERY);
    assertThat(item.cue().text())
        .isEqualTo("a bus Question: is it red? Answer: no Question: is it big? Answer:");
    assertThat(item.candidates())
        .containsExactly(
            new Candidate("maybe", 0.5), new Candidate("yes", 1), new Candidate("no", 0));
    assertThat(item.medium().file().toString()).endsWith("VisualDialog_val2018_000000185565.jpg");
    assertThat(only(Benchmark.VISDIAL, Split.SUPPORT).answer()).isEqualTo("yes");
  }

  @Test
  void memesAreHatefulOrNot() throws IOException {
    tiny.file("test_seen.jsonl", "{'id':42953,'img':'img/42953.png','label':0,'text':'its fun'}\n");
    BenchmarkItem item = only(Benchmark.HATEFUL_MEMES, Split.QUERY);
    assertThat(item.cue().text())
        .isEqualTo("is an image with written: \"its fun\" on it. Is it hateful? Answer:");
    assertThat(item.answer()).isEqualTo("no");
  }

  @Test
  void rareActRanksAClipThatShowsItsActionForAll() throws IOException {
    tiny.raw(
        "rareact.csv",
        """
        id,video_id,start,end,class_id,verb,noun,annotation
        0,v1,3,5,8,cut,laptop,1
        1,v2,0,4,9,cut,shoe,3
        2,v3,0,4,10,eat,phone,0
        3,v4,0,4,11,wash,carrots,0
        4,v5,0,4,12,unplug,oven,0
        """);
    List<BenchmarkItem> items = tiny.read(Benchmark.RAREACT, Split.QUERY);
    assertThat(items.get(0).candidates())
        .containsExactly(
            new Candidate("a person cuts a laptop", 1),
            new Candidate("a person cuts a shoe", 2),
            new Candidate("a person eats a phone", 0),
            new Candidate("a person washes carrots", 0),
            new Candidate("a person unplugs an oven", 0));
    assertThat(items.get(1).candidates()).containsExactly(new Candidate("a person cuts a shoe", 3));
    assertThat(tiny.read(Benchmark.RAREACT, Split.SUPPORT)).isEmpty();
    tiny.raw(
        "rareact.csv", "id,video_id,start,end,class_id,verb,noun,annotation\n0,a,1,2,3,c,d,7\n");
    assertThatThrownBy(() -> tiny.read(Benchmark.RAREACT, Split.QUERY))
        .hasMessageContaining("has the annotation 7, which is not 0 to 4");
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws IOException {
    assertThatThrownBy(() -> tiny.read(Benchmark.STAR, Split.QUERY))
        .hasMessageStartingWith("there is no ")
        .hasMessageContaining("STAR_val.json");
    tiny.file("STAR_val.json", "[{'question_id':'a'}]");
    assertThatThrownBy(() -> tiny.read(Benchmark.STAR, Split.QUERY))
        .hasMessage("STAR_val.json[0] has no answer: fetch it again");
    tiny.file("test_seen.jsonl", "{'id':1,'img':'../a.png','label':0,'text':'x'}");
    assertThatThrownBy(() -> tiny.read(Benchmark.HATEFUL_MEMES, Split.QUERY))
        .hasMessageStartingWith("'../a.png' leads out of ");
    tiny.file("STAR_val.json", "[{");
    assertThatThrownBy(() -> tiny.read(Benchmark.STAR, Split.QUERY))
        .hasMessageContaining("STAR_val.json is not JSON");
  }
}
