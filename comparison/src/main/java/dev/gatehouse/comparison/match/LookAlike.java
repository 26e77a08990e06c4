package dev.gatehouse.comparison.match;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** Names that a person takes for one another: by case, Unicode form, or a letter that looks so. */
final class LookAlike {
  /**
   * The Cyrillic and Greek letters that fonts draw as Latin ones, with the digits that pass for
   * letters (Unicode UTS #39, confusables, those of file names).
   */
  private static final Map<Integer, String> LATIN =
      Map.ofEntries(
          Map.entry((int) 'а', "a"),
          Map.entry((int) 'е', "e"),
          Map.entry((int) 'о', "o"),
          Map.entry((int) 'р', "p"),
          Map.entry((int) 'с', "c"),
          Map.entry((int) 'у', "y"),
          Map.entry((int) 'х', "x"),
          Map.entry((int) 'і', "i"),
          Map.entry((int) 'ј', "j"),
          Map.entry((int) 'ѕ', "s"),
          Map.entry((int) 'ԁ', "d"),
          Map.entry((int) 'һ', "h"),
          Map.entry((int) 'к', "k"),
          Map.entry((int) 'м', "m"),
          Map.entry((int) 'т', "t"),
          Map.entry((int) 'в', "b"),
          Map.entry((int) 'ο', "o"),
          Map.entry((int) 'α', "a"),
          Map.entry((int) 'ν', "v"),
          Map.entry((int) 'ι', "i"),
          Map.entry((int) 'ρ', "p"),
          Map.entry((int) '0', "o"),
          Map.entry((int) '1', "l"),
          Map.entry((int) 'ı', "i"));

  private LookAlike() {}

  /** Equal for names that look alike. */
  static String skeleton(String path) {
    String plain = Normalizer.normalize(path, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder skeleton = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .filter(point -> Character.getType(point) != Character.FORMAT)
        .forEach(
            point -> {
              String latin = LATIN.get(point);
              if (latin == null) {
                skeleton.appendCodePoint(point);
              } else {
                skeleton.append(latin);
              }
            });
    return skeleton.toString();
  }
}
