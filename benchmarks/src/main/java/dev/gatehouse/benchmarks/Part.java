package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.util.List;

/** What is measured, in this order. */
enum Part {
  START("start", "start-up, idle memory and --help"),
  PAGE("page", "a page of 40 KB"),
  WHEEL("wheel", "a wheel of 1 MB"),
  LARGE("large", "a page of 2,000 files, known"),
  COLD("cold", "pages of 2,000 files, not known"),
  PIP("pip", "pip download of 20 wheels"),
  VETTED("vetted", "what the vetting costs"),
  STORE("store", "why and exposure of a full store");

  private final String word;
  private final String text;

  Part(String word, String text) {
    this.word = word;
    this.text = text;
  }

  /** What the command line calls it. */
  String word() {
    return word;
  }

  String text() {
    return text;
  }

  List<Row> measure(Workbench bench, Options options) throws IOException, InterruptedException {
    return switch (this) {
      case START -> StartUp.measure(bench, options);
      case PAGE -> ServedLoad.page(bench, options);
      case WHEEL -> ServedLoad.wheel(bench, options);
      case LARGE -> ServedLoad.largePage(bench, options);
      case COLD -> ColdPages.measure(bench, options);
      case PIP -> PipDownloads.measure(bench, options);
      case VETTED -> VettingCost.measure(bench, options);
      case STORE -> FullStore.measure(bench, options);
    };
  }
}
