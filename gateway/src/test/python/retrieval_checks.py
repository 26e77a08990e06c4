"""Embeddings and rankings of providers that are asked in formats of their own."""

import openai_checks
from harness import check, contains, same

# A provider's model, and what its fake makes of the second of two texts.
EMBEDDINGS = (
    ("cohere", "embed-v4.0", [1.0, 1.25, 1.5, 1.75]),
    ("gemini", "gemini-embedding-001", [1.0, 1.25, 1.5, 1.75]),
    ("bedrock", "cohere.embed-v4:0", [1.0, 1.25, 1.5, 1.75]),
    # Titan is asked for one text at a time.
    ("bedrock", "amazon.titan-embed-text-v2:0", [0.0, 0.25, 0.5, 0.75]),
)
RERANK = (("cohere", "rerank-v3.5"), ("bedrock", "cohere.rerank-v3-5:0"))


def embeddings(s, provider, model, second):
    create = openai_checks.client(s).embeddings.create
    s.requests(provider)
    for more in ({}, {"encoding_format": "float"}):  # the SDK itself asks for Base64
        answer = create(model=model, input=["a", "b"], **more)
        same((answer.object, answer.model), ("list", model))
        same([(e.object, e.index) for e in answer.data], [("embedding", 0), ("embedding", 1)])
        same(answer.data[0].embedding, [0.0, 0.25, 0.5, 0.75])
        same(answer.data[1].embedding, second)
        same(answer.usage.total_tokens, answer.usage.prompt_tokens)
    same(len(create(model=model, input="a", dimensions=8).data[0].embedding), 8)
    contains(s.requests(provider)[-1]["body"], '"a"')


def rerank(s, provider, model):
    asked = {"model": model, "query": "Which?", "documents": ["a", "b", "c"]}
    post = openai_checks.client(s).post
    answer = post("/rerank", cast_to=object, body=asked)
    same([r["index"] for r in answer["results"]], [2, 1, 0])
    scores = [r["relevance_score"] for r in answer["results"]]
    same(scores, sorted(scores, reverse=True))
    same(["document" in r for r in answer["results"]], [False, False, False])
    few = post("/rerank", cast_to=object, body={**asked, "top_n": 2, "return_documents": True})
    same([(r["index"], r["document"]) for r in few["results"]], [(2, {"text": "c"}), (1, {"text": "b"})])
    sent = s.last(provider)
    same((sent["query"], sent["documents"], sent["top_n"]), ("Which?", ["a", "b", "c"], 2))


for provider, model, second in EMBEDDINGS:
    check(f"embeddings of {model} by {provider}", "gateway")(
        lambda s, provider=provider, model=model, second=second: embeddings(s, provider, model, second)
    )
for provider, model in RERANK:
    check(f"ranking of {model} by {provider}", "gateway")(
        lambda s, provider=provider, model=model: rerank(s, provider, model)
    )
