package dev.gatehouse.gateway.dialect.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EmbeddingsTest {
  private static final Map<String, EmbeddingDialect> DIALECTS =
      Map.of(
          "gemini", new GeminiEmbeddings(),
          "cohere", new CohereEmbeddings(),
          "bedrock", new BedrockEmbeddings());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemini | gemini-embedding-001 | {'input':'a'}"
            + "| /v1beta/models/gemini-embedding-001:batchEmbedContents"
            + "| {'requests':[{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'a'}]}}]}",
        "gemini | g | {'input':['a','ü'],'dimensions':256,'input_type':'search_query','user':'u'}"
            + "| /v1beta/models/g:batchEmbedContents"
            + "| {'requests':[{'model':'models/g','content':{'parts':[{'text':'a'}]},'taskType':'RETRIEVAL_QUERY','outputDimensionality':256},"
            + "{'model':'models/g','content':{'parts':[{'text':'ü'}]},'taskType':'RETRIEVAL_QUERY','outputDimensionality':256}]}",
        "cohere | embed-v4.0 | {'input':['a'],'dimensions':512,'encoding_format':'base64'} | /v2/embed"
            + "| {'texts':['a'],'input_type':'search_document','embedding_types':['float'],'output_dimension':512,'model':'embed-v4.0'}",
        "bedrock | cohere.embed-english-v3 | {'input':['a'],'input_type':'clustering'}"
            + "| /model/cohere.embed-english-v3/invoke"
            + "| {'texts':['a'],'input_type':'clustering','embedding_types':['float']}",
        "bedrock | amazon.titan-embed-text-v2:0 | {'input':'a','dimensions':256}"
            + "| /model/amazon.titan-embed-text-v2%3A0/invoke | {'inputText':'a','dimensions':256}",
      })
  void asksTheProvider(String dialect, String model, String request, String path, String body)
      throws Exception {
    List<ProviderCall> calls = dialect(dialect).write(read(request), model);

    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().path()).isEqualTo(path);
    assertThat(LimitedJson.answer(LimitedJson.bytes(calls.getFirst().body())))
        .isEqualTo(json(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemini | {'embeddings':[{'values':[0.5,-1]},{'values':[2]}],'usageMetadata':{'promptTokenCount':9}} | 9",
        "gemini | {'embeddings':[{'values':[0.5,-1]},{'values':[2]}]} |",
        "cohere | {'id':'x','embeddings':{'float':[[0.5,-1],[2]]},'meta':{'billed_units':{'input_tokens':9.0}}} | 9",
        "bedrock | {'embeddings':[[0.5,-1],[2]],'response_type':'embeddings_floats'} |",
        "bedrock | {'embedding':[0.5,-1],'inputTextTokenCount':4}@{'embedding':[2],'inputTextTokenCount':5} | 9",
      })
  void readsVectors(String dialect, String answers, @Nullable Long tokens) throws Exception {
    List<JsonNode> read = new ArrayList<>();
    for (String answer : answers.split("@", -1)) {
      read.add(json(answer));
    }
    EmbeddingAnswer answer = dialect(dialect).read(read, read("{'input':['a','b']}"));

    assertThat(answer.vectors()).containsExactly(new float[] {0.5f, -1}, new float[] {2});
    assertThat(answer.inputTokens()).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemini | {}",
        "gemini | {'embeddings':[{'values':[1]},{'values':[2]}]}", // two for one
        "gemini | {'embeddings':[{'values':[]}]}",
        "cohere | {'embeddings':{'float':[['x']]}}",
        "cohere | {'embeddings':{'float':[[1e999]]}}",
        "cohere | {'embeddings':{'int8':[[1]]}}",
        "bedrock | {'embedding':7}",
      })
  void refusesWhatIsNoAnswer(String dialect, String answer) {
    assertThatThrownBy(() -> dialect(dialect).read(List.of(json(answer)), read("{'input':'a'}")))
        .isInstanceOf(MalformedAnswerException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] |",
        "{} | input",
        "{'input':[]} | input",
        "{'input':[1,2]} | input",
        "{'input':[[1,2]]} | input",
        "{'input':'a','encoding_format':'hex'} | encoding_format",
        "{'input':'a','dimensions':0} | dimensions",
        "{'input':'a','dimensions':1.5} | dimensions",
        "{'input':'a','input_type':'x'} | input_type",
        "{'input':'a','truncate':'END'} | truncate",
      })
  void namesWhatItCannotRead(String request, @Nullable String field) {
    assertThatThrownBy(() -> read(request))
        .isInstanceOfSatisfying(
            UntranslatableException.class,
            e -> assertThat(e.field()).isEqualTo(field == null ? "" : field));
  }

  @Test
  void namesWhatAModelCannotDo() throws Exception {
    EmbeddingRequest request = read("{'input':'a','dimensions':8}");
    assertThatThrownBy(() -> dialect("bedrock").write(request, "amazon.titan-embed-text-v1"))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo("dimensions"));
    assertThatThrownBy(() -> dialect("bedrock").write(request, "amazon.nova-2-embed"))
        .isInstanceOfSatisfying(
            UntranslatableException.class, e -> assertThat(e.field()).isEqualTo("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "gemini, g, 250, 3",
    "cohere, c, 193, 3",
    "bedrock, cohere.embed-v4:0, 96, 1",
    "bedrock, amazon.titan-embed-text-v1, 5, 5"
  })
  void asksInAsManyCallsAsItTakes(String dialect, String model, int texts, int calls)
      throws Exception {
    EmbeddingRequest request =
        new EmbeddingRequest(Collections.nCopies(texts, "a"), null, null, false);
    assertThat(dialect(dialect).write(request, model)).hasSize(calls);
  }

  @Test
  void writesVectorsAsOpenAiDoes() throws Exception {
    EmbeddingAnswer answer = new EmbeddingAnswer(List.of(new float[] {0.5f, -1}), 9L);

    assertThat(answer.write(read("{'input':'a'}"), "fast").toString())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1.0]}],"
                + "\"model\":\"fast\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");
    // Python: base64.b64encode(struct.pack("<2f", 0.5, -1))
    assertThat(
            answer
                .write(read("{'input':'a','encoding_format':'base64'}"), "fast")
                .path("data")
                .path(0)
                .path("embedding")
                .stringValue())
        .isEqualTo("AAAAPwAAgL8=");
  }

  private static EmbeddingDialect dialect(String name) {
    EmbeddingDialect dialect = DIALECTS.get(name);
    return Objects.requireNonNull(dialect);
  }

  private static EmbeddingRequest read(String request) throws Exception {
    return EmbeddingRequest.read(json(request));
  }

  private static JsonNode json(String text) throws MalformedAnswerException {
    return LimitedJson.answer(text.replace('\'', '"'));
  }
}
