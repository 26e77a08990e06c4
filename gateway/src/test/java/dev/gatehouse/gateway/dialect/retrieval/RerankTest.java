package dev.gatehouse.gateway.dialect.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RerankTest {
  private static final String ASKED =
      "{'model':'fast','query':'q','documents':['a',{'text':'b'}],'top_n':5,'return_documents':true,'max_tokens_per_doc':100}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COHERE | rerank-v3.5 | /v2/rerank"
            + "| {'query':'q','documents':['a','b'],'top_n':2,'max_tokens_per_doc':100,'model':'rerank-v3.5'}",
        "BEDROCK | cohere.rerank-v3-5:0 | /model/cohere.rerank-v3-5%3A0/invoke"
            + "| {'query':'q','documents':['a','b'],'top_n':2,'max_tokens_per_doc':100,'api_version':2}",
      })
  void asksTheProvider(RerankDialect dialect, String model, String path, String body)
      throws Exception {
    ProviderCall call = dialect.write(read(ASKED), model);

    assertThat(call.path()).isEqualTo(path);
    assertThat(call.body()).isEqualTo(json(body));
  }

  @Test
  void answersAsCohereDoes() throws Exception {
    RerankRequest asked = read(ASKED);
    JsonNode answer =
        json(
            "{'id':'r','results':[{'index':1,'relevance_score':0.90},{'index':0,'relevance_score':0.1}],"
                + "'meta':{'billed_units':{'search_units':1}}}");

    assertThat(RerankDialect.COHERE.read(answer, asked).write(asked, "fast").toString())
        .isEqualTo(
            "{'id':'r','model':'fast','results':[{'index':1,'relevance_score':0.90,'document':{'text':'b'}},"
                    .replace('\'', '"')
                + "{'index':0,'relevance_score':0.1,'document':{'text':'a'}}],'meta':{'billed_units':{'search_units':1}}}"
                    .replace('\'', '"'));
  }

  @Test
  void repeatsDocumentsOnlyWhereAsked() throws Exception {
    RerankRequest asked = read("{'query':'q','documents':['a']}");
    JsonNode answer = json("{'results':[{'index':0,'relevance_score':0.5}]}");

    assertThat(RerankDialect.BEDROCK.read(answer, asked).write(asked, "m").path("results"))
        .isEqualTo(json("[{'index':0,'relevance_score':0.5}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'results':[{'index':2,'relevance_score':0.5}]}",
        "{'results':[{'index':-1,'relevance_score':0.5}]}",
        "{'results':[{'index':0}]}",
        "{'results':[{'index':0,'relevance_score':1},{'index':0,'relevance_score':1}]}",
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThatThrownBy(() -> RerankDialect.COHERE.read(json(answer), read(ASKED)))
        .isInstanceOf(MalformedAnswerException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] |",
        "{'documents':['a']} | query",
        "{'query':'q'} | documents",
        "{'query':'q','documents':[]} | documents",
        "{'query':'q','documents':[{'text':'a','title':'b'}]} | documents",
        "{'query':'q','documents':['a'],'top_n':0} | top_n",
        "{'query':'q','documents':['a'],'return_documents':'yes'} | return_documents",
        "{'query':'q','documents':['a'],'rank_fields':['text']} | rank_fields",
      })
  void namesWhatItCannotRead(String request, @Nullable String field) {
    assertThatThrownBy(() -> read(request))
        .isInstanceOfSatisfying(
            UntranslatableException.class,
            e -> assertThat(e.field()).isEqualTo(field == null ? "" : field));
  }

  @Test
  void refusesModelsWhoseBodyIsUnknown() {
    assertThatThrownBy(() -> RerankDialect.BEDROCK.write(read(ASKED), "amazon.rerank-v1:0"))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo("model"));
  }

  private static RerankRequest read(String request) throws Exception {
    return RerankRequest.read(json(request));
  }

  private static JsonNode json(String text) throws MalformedAnswerException {
    return LimitedJson.answer(text.replace('\'', '"'));
  }
}
