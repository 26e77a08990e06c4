package dev.gatehouse.inspection.site;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Import names that belong to one project in everybody's eyes, with the projects that may use them.
 * Chosen among the most downloaded of PyPI; other names can be anybody's.
 */
final class ImportNames {
  private static final Map<String, Set<String>> PROJECTS =
      read(
          """
      _distutils_hack setuptools
      aiohttp aiohttp
      anthropic anthropic
      attr attrs
      boto3 boto3
      botocore botocore
      bs4 beautifulsoup4
      certifi certifi
      charset_normalizer charset-normalizer
      click click
      coverage coverage
      cryptography cryptography
      django django
      fastapi fastapi
      flask flask
      google google
      httpx httpx
      idna idna
      jinja2 jinja2
      jwt pyjwt
      litellm litellm
      matplotlib matplotlib
      mistralai mistralai
      numpy numpy
      openai openai
      packaging packaging
      pandas pandas
      pip pip
      pkg_resources setuptools
      psutil psutil
      pydantic pydantic
      pytest pytest
      pytorch_lightning pytorch-lightning lightning
      requests requests
      scipy scipy
      setuptools setuptools
      six six
      sklearn scikit-learn
      sqlalchemy sqlalchemy
      telnyx telnyx
      tensorflow tensorflow tensorflow-cpu tensorflow-intel tensorflow-macos tensorflow-gpu tf-nightly
      torch torch
      tqdm tqdm
      transformers transformers
      typing_extensions typing-extensions
      ultralytics ultralytics
      urllib3 urllib3 urllib3-future
      uvicorn uvicorn
      virtualenv virtualenv
      wheel wheel
      yaml pyyaml pyyaml-ft
      """);

  private ImportNames() {}

  /** The projects whose module this is; none where the name is nobody's in particular. */
  static Set<String> projectsOf(String module) {
    return PROJECTS.getOrDefault(module, Set.of());
  }

  private static Map<String, Set<String>> read(String table) {
    Map<String, Set<String>> projects = new HashMap<>();
    for (String line : table.strip().split("\n", -1)) {
      int space = line.indexOf(' ');
      projects.put(line.substring(0, space), Set.of(line.substring(space + 1).split(" ", -1)));
    }
    return Map.copyOf(projects);
  }
}
