package dev.flamingo.training.metric;

import java.util.HashMap;
import java.util.Map;

/** Puts the apostrophes of short forms back where one was left out: {@code dont} is don't. */
final class Contractions {

  // What VQA accuracy knows, no more: she'd and we'll, whose bare forms are words, are not there.
  private static final String[] FORMS =
      """
      ain't aren't can't could've couldn't couldn't've didn't doesn't don't hadn't hadn't've hasn't
      haven't he'd he'd've he's how'd how'll how's isn't it'd it'd've it'll ma'am mightn't
      mightn't've might've mustn't must've needn't not've o'clock oughtn't 'ow's'at shan't she'd've
      should've shouldn't shouldn't've somebody'd've somebody'll somebody's someone'd someone'd've
      someone'll someone's something'd something'd've something'll that's there'd there'd've
      there're there's they'd they'd've they'll they're they've 'twas wasn't we'd've we've weren't
      what'll what're what's what've when's where'd where's where've who'd who'd've who'll who's
      who've why'll why're why's won't would've wouldn't wouldn't've y'all y'all'll y'all'd've you'd
      you'd've you'll you're you've
      """
          .strip()
          .split("\\s+");

  private final Map<String, String> forms = new HashMap<>();

  Contractions() {
    for (String form : FORMS) {
      for (int at = form.indexOf('\''); at >= 0; at = form.indexOf('\'', at + 1)) {
        forms.put(form.substring(0, at) + form.substring(at + 1), form);
      }
    }
    // The published table has this one the wrong way round.
    forms.put("somebody'd", "somebodyd");
  }

  String restore(String word) {
    return forms.getOrDefault(word, word);
  }
}
