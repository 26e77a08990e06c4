"""LangChain with OpenAI's classes, which is how most of its users reach a gateway."""

from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

import openai
from harness import check, contains, raises, same

ARGUMENTS = {"city": 'Zürich "old town" 🏙', "days": 3, "nested": {"list": [1, 2.5, None]}}
GREETING = "Grüße, 世界 🙂! You said: "
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Tells it.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def model(s, name=None):
    return ChatOpenAI(
        model=name or s.openai["model"], base_url=s.openai["base"], api_key=s.openai["key"], max_retries=0, timeout=30
    )


@check("langchain: invoke")
def _(s):
    answer = model(s).invoke([SystemMessage("Be brief."), HumanMessage("Hello.")])
    same(answer.content, GREETING + "Hello. [system: Be brief.]")
    same((answer.usage_metadata["input_tokens"], answer.usage_metadata["output_tokens"]), (20, 9))
    same(answer.response_metadata["finish_reason"], "stop")


@check("langchain: stream")
def _(s):
    chunks = list(model(s).stream("Hello."))
    same("".join(chunk.text for chunk in chunks), GREETING + "Hello.")
    assert len(chunks) > 5, "it should come in pieces"


@check("langchain: a tool is called, and its result goes back")
def _(s):
    with_tool = model(s).bind_tools([WEATHER])
    call = with_tool.invoke("#tool")
    same([(c["name"], c["args"]) for c in call.tool_calls], [("weather", ARGUMENTS)])
    result = ToolMessage("21 degrees", tool_call_id=call.tool_calls[0]["id"])
    answer = with_tool.invoke([HumanMessage("#tool"), call, result])
    same(answer.content, "The tool gave: 21 degrees")


@check("langchain: a tool is called in a stream")
def _(s):
    whole = None
    for chunk in model(s).bind_tools([WEATHER]).stream("#tool"):
        whole = chunk if whole is None else whole + chunk
    same([(c["name"], c["args"]) for c in whole.tool_calls], [("weather", ARGUMENTS)])


@check("langchain: embeddings")
def _(s):
    embeddings = OpenAIEmbeddings(
        model=s.openai["embedding"],
        base_url=s.openai["base"],
        api_key=s.openai["key"],
        # Else it asks the network for how OpenAI's tokens are made.
        check_embedding_ctx_length=False,
    )
    same(embeddings.embed_documents(["a", "b"])[1], [1.0, 1.25, 1.5, 1.75])


@check("langchain: a model of another vendor")
def _(s):
    for provider in ("anthropic", "gemini", "bedrock"):
        same(model(s, s.matrix[provider]).invoke("Hello.").content, GREETING + "Hello.")


@check("langchain: a spent budget is an error that nobody tries again")
def _(s):
    spent = ChatOpenAI(model=s.openai["model"], base_url=s.openai["base"], api_key=s.keys["spent"], max_retries=3)
    error = raises(openai.APIStatusError, lambda: spent.invoke("Hello."), status_code=402)
    contains(str(error), "budget")
