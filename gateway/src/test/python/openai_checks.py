"""OpenAI's SDK, as its users use it."""

import json

import openai
from pydantic import BaseModel

from harness import check, contains, raises, same

ARGUMENTS = {"city": 'Zürich "old town" 🏙', "days": 3, "nested": {"list": [1, 2.5, None]}}
GREETING = "Grüße, 世界 🙂! You said: "
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def client(s, **more):
    more = {"max_retries": 0, "timeout": 30, **more}
    return openai.OpenAI(base_url=s.openai["base"], api_key=s.openai["key"], **more)


def tool(name, description="Tells it."):
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
                "required": ["city"],
            },
        },
    }


def ask(s, text, stream=False, **more):
    return client(s).chat.completions.create(
        model=s.openai["model"], messages=[{"role": "user", "content": text}], stream=stream, **more
    )


@check("openai chat: plain")
def _(s):
    answer = ask(s, "Hello.")
    same(answer.choices[0].message.content, GREETING + "Hello.")
    same(answer.choices[0].message.role, "assistant")
    same(answer.choices[0].finish_reason, "stop")
    same(answer.object, "chat.completion")
    same((answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens), (20, 9, 29))
    same(answer.usage.prompt_tokens_details.cached_tokens, 5)


@check("openai chat: system and developer instructions")
def _(s):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "developer", "content": "Be kind."},
        {"role": "user", "content": "Hi."},
    ]
    answer = client(s).chat.completions.create(model=s.openai["model"], messages=messages)
    contains(answer.choices[0].message.content, "[system: Be brief. | Be kind.]")


@check("openai chat: several turns")
def _(s):
    messages = [
        {"role": "user", "content": "One."},
        {"role": "assistant", "content": "Two."},
        {"role": "user", "content": [{"type": "text", "text": "Three."}]},
    ]
    answer = client(s).chat.completions.create(model=s.openai["model"], messages=messages)
    same(answer.choices[0].message.content, GREETING + "Three.")
    same(s.last("openai")["messages"], messages)


@check("openai chat: a tool is called")
def _(s):
    answer = ask(s, "#tool", tools=[tool("weather")])
    call = answer.choices[0].message.tool_calls[0]
    same((call.type, call.function.name), ("function", "weather"))
    same(json.loads(call.function.arguments), ARGUMENTS)
    same(answer.choices[0].finish_reason, "tool_calls")


@check("openai chat: a tool's result goes back")
def _(s):
    first = ask(s, "#tool", tools=[tool("weather")]).choices[0].message
    messages = [
        {"role": "user", "content": "#tool"},
        first.model_dump(exclude_none=True, exclude={"annotations"}),
        {"role": "tool", "tool_call_id": first.tool_calls[0].id, "content": "21 degrees"},
    ]
    answer = client(s).chat.completions.create(model=s.openai["model"], messages=messages, tools=[tool("weather")])
    same(answer.choices[0].message.content, "The tool gave: 21 degrees")


@check("openai chat: parallel tools")
def _(s):
    answer = ask(s, "#tools", tools=[tool("weather"), tool("time")], parallel_tool_calls=True)
    calls = answer.choices[0].message.tool_calls
    same([c.function.name for c in calls], ["weather", "time"])
    assert calls[0].id != calls[1].id
    same(s.last("openai")["parallel_tool_calls"], True)


@check("openai chat: one tool is forced")
def _(s):
    answer = ask(
        s,
        "Hello.",
        tools=[tool("weather"), tool("time")],
        tool_choice={"type": "function", "function": {"name": "time"}},
    )
    same(answer.choices[0].message.tool_calls[0].function.name, "time")


@check("openai chat: some tool is required, or none allowed")
def _(s):
    answer = ask(s, "Hello.", tools=[tool("weather")], tool_choice="required")
    same(answer.choices[0].message.tool_calls[0].function.name, "weather")
    answer = ask(s, "#tool", tools=[tool("weather")], tool_choice="none")
    same(answer.choices[0].message.tool_calls, None)


@check("openai chat: streamed text")
def _(s):
    chunks = list(ask(s, "Hello.", stream=True))
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    same(text, GREETING + "Hello.")
    same(chunks[0].choices[0].delta.role, "assistant")
    same([c.choices[0].finish_reason for c in chunks if c.choices][-1], "stop")
    assert len(chunks) > 5, "it should come in pieces"


@check("openai chat: streamed without usage unless asked for")
def _(s):
    for chunk in ask(s, "Hello.", stream=True):
        assert chunk.choices, "a chunk without a choice, which clients that did not ask for it fall over"
        same(chunk.usage, None)


@check("openai chat: streamed with usage where asked for")
def _(s):
    chunks = list(ask(s, "Hello.", stream=True, stream_options={"include_usage": True}))
    same((chunks[-1].choices, chunks[-1].usage.prompt_tokens, chunks[-1].usage.completion_tokens), ([], 20, 9))
    same([c.usage for c in chunks[:-1] if c.usage], [])


@check("openai chat: a tool's arguments, streamed")
def _(s):
    pieces, names = {}, {}
    for chunk in ask(s, "#tools", stream=True, tools=[tool("weather"), tool("time")]):
        for call in chunk.choices[0].delta.tool_calls or []:
            pieces[call.index] = pieces.get(call.index, "") + (call.function.arguments or "")
            names.setdefault(call.index, call.function.name)
    same(names, {0: "weather", 1: "time"})
    same([json.loads(p) for p in pieces.values()], [ARGUMENTS, ARGUMENTS])


@check("openai chat: the SDK's own stream helper")
def _(s):
    with client(s).chat.completions.stream(
        model=s.openai["model"], messages=[{"role": "user", "content": "#tool"}], tools=[tool("weather")]
    ) as stream:
        kinds = {event.type for event in stream}
        message = stream.get_final_completion().choices[0].message
    contains(kinds, "tool_calls.function.arguments.delta")
    same(json.loads(message.tool_calls[0].function.arguments), ARGUMENTS)


class Weather(BaseModel):
    city: str
    temperature: int


@check("openai chat: structured output")
def _(s):
    answer = client(s).chat.completions.parse(
        model=s.openai["model"], messages=[{"role": "user", "content": "Weather?"}], response_format=Weather
    )
    same(answer.choices[0].message.parsed, Weather(city="Zürich", temperature=21))
    sent = s.last("openai")["response_format"]
    same((sent["type"], sent["json_schema"]["strict"]), ("json_schema", True))


@check("openai chat: any JSON object")
def _(s):
    answer = ask(s, "JSON, please.", response_format={"type": "json_object"})
    same(json.loads(answer.choices[0].message.content)["temperature"], 21)


@check("openai chat: images by address and by value")
def _(s):
    content = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "https://images.example/cat.png", "detail": "low"}},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64," + PNG}},
    ]
    answer = client(s).chat.completions.create(
        model=s.openai["model"], messages=[{"role": "user", "content": content}]
    )
    contains(answer.choices[0].message.content, "[images: 2]")
    same(s.last("openai")["messages"][0]["content"], content)


@check("openai chat: several choices")
def _(s):
    answer = ask(s, "Hello.", n=2)
    same([c.index for c in answer.choices], [0, 1])
    indexes = {c.choices[0].index for c in ask(s, "Hello.", stream=True, n=2)}
    same(indexes, {0, 1})


@check("openai chat: ends at a text")
def _(s):
    answer = ask(s, "#stop", stop=["three", "four"])
    same((answer.choices[0].message.content, answer.choices[0].finish_reason), ("One, two, ", "stop"))
    same(s.last("openai")["stop"], ["three", "four"])


@check("openai chat: ends at the most tokens")
def _(s):
    answer = ask(s, "#length", max_completion_tokens=7)
    same(answer.choices[0].finish_reason, "length")
    same(s.last("openai")["max_completion_tokens"], 7)
    ask(s, "Hello.", max_tokens=8)
    same(s.last("openai")["max_tokens"], 8)


@check("openai chat: ends because it was filtered")
def _(s):
    same(ask(s, "#filter").choices[0].finish_reason, "content_filter")


@check("openai chat: seed, temperature, penalties and user arrive")
def _(s):
    sent = {"seed": 42, "temperature": 0.25, "top_p": 0.5, "frequency_penalty": 0.5, "presence_penalty": -0.5, "user": "u1"}
    ask(s, "Hello.", **sent)
    got = s.last("openai")
    same({name: got[name] for name in sent}, sent)


@check("openai chat: log probabilities")
def _(s):
    answer = ask(s, "Hello.", logprobs=True, top_logprobs=2)
    same(answer.choices[0].logprobs.content[0].logprob, -0.25)


@check("openai chat: fields that nobody knows pass, both ways")
def _(s):
    tomorrow = {"a": [1, 2.50, {"b": None}], "c": "ü"}
    answer = ask(s, "Hello.", extra_body={"field_of_tomorrow": tomorrow})
    same(s.last("openai")["field_of_tomorrow"], tomorrow)
    same(answer.model_extra["answer_of_tomorrow"], tomorrow)


@check("openai chat: effort of reasoning")
def _(s):
    answer = ask(s, "Hello.", reasoning_effort="low")
    same(s.last("openai")["reasoning_effort"], "low")
    same(answer.usage.completion_tokens_details.reasoning_tokens, 4)


@check("openai responses: plain, with instructions")
def _(s):
    answer = client(s).responses.create(model=s.openai["model"], input="Hello.", instructions="Be brief.")
    same(answer.output_text, GREETING + "Hello. [system: Be brief.]")
    same(answer.status, "completed")
    same((answer.usage.input_tokens, answer.usage.output_tokens), (20, 9))


@check("openai responses: items, images")
def _(s):
    answer = client(s).responses.create(
        model=s.openai["model"],
        input=[
            {"role": "user", "content": [
                {"type": "input_text", "text": "What?"},
                {"type": "input_image", "image_url": "data:image/png;base64," + PNG, "detail": "auto"},
            ]},
        ],
    )
    contains(answer.output_text, "[images: 1]")


def flat_tool(name):
    return {"type": "function", "strict": False, **tool(name)["function"]}


@check("openai responses: a tool and its result")
def _(s):
    c = client(s)
    first = c.responses.create(model=s.openai["model"], input="#tool", tools=[flat_tool("weather")])
    call = first.output[0]
    same((call.type, call.name, json.loads(call.arguments)), ("function_call", "weather", ARGUMENTS))
    second = c.responses.create(
        model=s.openai["model"],
        tools=[flat_tool("weather")],
        input=[
            {"role": "user", "content": "#tool"},
            {"type": "function_call", "call_id": call.call_id, "name": call.name, "arguments": call.arguments},
            {"type": "function_call_output", "call_id": call.call_id, "output": "21 degrees"},
        ],
    )
    same(second.output_text, "The tool gave: 21 degrees")


@check("openai responses: streamed text")
def _(s):
    text, last = "", None
    for event in client(s).responses.create(model=s.openai["model"], input="Hello.", stream=True):
        if event.type == "response.output_text.delta":
            text += event.delta
        last = event
    same(text, GREETING + "Hello.")
    same((last.type, last.response.output_text), ("response.completed", text))


@check("openai responses: a tool's arguments, streamed")
def _(s):
    with client(s).responses.stream(
        model=s.openai["model"], input="#tool", tools=[{**flat_tool("weather"), "strict": True}]
    ) as stream:
        pieces = "".join(e.delta for e in stream if e.type == "response.function_call_arguments.delta")
        final = stream.get_final_response()
    same(json.loads(pieces), ARGUMENTS)
    same(json.loads(final.output[0].arguments), ARGUMENTS)


@check("openai responses: structured output")
def _(s):
    answer = client(s).responses.parse(model=s.openai["model"], input="Weather?", text_format=Weather)
    same(answer.output_parsed, Weather(city="Zürich", temperature=21))


@check("openai responses: what is thought, in summary")
def _(s):
    answer = client(s).responses.create(
        model=s.openai["model"], input="Hello.", reasoning={"effort": "low", "summary": "auto"}
    )
    contains(answer.output[0].summary[0].text, "Let me think")


@check("openai embeddings: a text, a list, tokens")
def _(s):
    c = client(s)
    one = c.embeddings.create(model=s.openai["embedding"], input="Hello.", encoding_format="float")
    same(one.data[0].embedding, [0.0, 0.25, 0.5, 0.75])
    same(one.usage.total_tokens, 8)
    many = c.embeddings.create(model=s.openai["embedding"], input=["a", "b", "c"])
    same([d.index for d in many.data], [0, 1, 2])
    same(many.data[2].embedding, [2.0, 2.25, 2.5, 2.75])
    tokens = c.embeddings.create(model=s.openai["embedding"], input=[[1, 2], [3]])
    same(len(tokens.data), 2)


@check("openai embeddings: base64 and dimensions")
def _(s):
    c = client(s)
    same(len(c.embeddings.create(model=s.openai["embedding"], input="x", dimensions=6).data[0].embedding), 6)
    same(s.last("openai")["encoding_format"], "base64")
    raw = c.embeddings.create(model=s.openai["embedding"], input="x", encoding_format="base64")
    same(raw.data[0].embedding, "AAAAAAAAgD4AAAA/AABAPw==")


@check("openai models: list and one")
def _(s):
    c = client(s)
    names = [m.id for m in c.models.list()]
    contains(names, s.openai["model"])
    same(c.models.retrieve(s.openai["model"]).object, "model")


@check("openai models: one that is not there")
def _(s):
    raises(openai.NotFoundError, lambda: client(s).models.retrieve("unknown-model"), status_code=404)


@check("openai errors: a wrong key")
def _(s):
    c = client(s).with_options(api_key="sk-wrong")
    raises(
        openai.AuthenticationError,
        lambda: c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "x"}]),
        status_code=401,
        code="invalid_api_key",
    )


@check("openai errors: a key that is not for the model", only="gateway")
def _(s):
    c = client(s).with_options(api_key=s.keys["narrow"])
    raises(
        openai.PermissionDeniedError,
        lambda: c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "x"}]),
        status_code=403,
    )


@check("openai errors: an unknown model")
def _(s):
    error = raises(
        openai.NotFoundError,
        lambda: client(s).chat.completions.create(
            model="unknown-model", messages=[{"role": "user", "content": "x"}]
        ),
        status_code=404,
        code="model_not_found",
    )
    same(error.param, "model")


@check("openai errors: a wrong request, as the provider refuses it")
def _(s):
    error = raises(openai.BadRequestError, lambda: ask(s, "x", temperature=7), status_code=400)
    contains(error.message, "temperature")


@check("openai errors: a body that is too large", only="gateway")
def _(s):
    raises(openai.APIStatusError, lambda: ask(s, "x" * (9 << 20)), status_code=413)


@check("openai errors: a limit of rate, with the wait")
def _(s):
    error = raises(openai.RateLimitError, lambda: ask(s, "#status-429-after-7"), status_code=429)
    same(error.response.headers["retry-after"], "7")


@check("openai errors: the server's own, and too much load")
def _(s):
    raises(openai.InternalServerError, lambda: ask(s, "#status-500"))
    raises(openai.InternalServerError, lambda: ask(s, "#status-503"))


@check("openai errors: the conversation is too long, or declined")
def _(s):
    raises(openai.BadRequestError, lambda: ask(s, "#too-long"), code="context_length_exceeded")
    raises(openai.BadRequestError, lambda: ask(s, "#policy"), code="content_policy_violation")


@check("openai errors: a spent budget is asked for once", only="gateway")
def _(s):
    s.requests("openai")
    counting = Counting()
    c = openai.OpenAI(
        base_url=s.openai["base"], api_key=s.keys["spent"], max_retries=5, http_client=counting.client()
    )
    error = raises(
        openai.APIStatusError,
        lambda: c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "x"}]),
        code="insufficient_quota",
    )
    contains(error.message, "budget of this key is spent")
    assert error.status_code not in (408, 409, 429) and error.status_code < 500, error.status_code
    same(counting.requests, 1)
    same(s.requests("openai"), [])


@check("openai errors: the provider's own credit is asked for once", only="gateway")
def _(s):
    counting = Counting()
    c = openai.OpenAI(
        base_url=s.openai["base"], api_key=s.openai["key"], max_retries=5, http_client=counting.client()
    )
    raises(
        openai.APIStatusError,
        lambda: c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "#spent"}]),
    )
    same(counting.requests, 1)


class Counting:
    """Counts what is sent."""

    def __init__(self):
        self.requests = 0

    def count(self, _):
        self.requests += 1

    def client(self):
        return openai.DefaultHttpxClient(event_hooks={"request": [self.count]})


@check("openai retries: as often as the client says, and no more")
def _(s):
    counting = Counting()
    c = openai.OpenAI(
        base_url=s.openai["base"], api_key=s.openai["key"], max_retries=1, http_client=counting.client()
    )
    message = [{"role": "user", "content": "#status-429-after-1"}]
    raises(openai.RateLimitError, lambda: c.chat.completions.create(model=s.openai["model"], messages=message))
    same(counting.requests, 2)


@check("openai time-outs: the client's own")
def _(s):
    c = client(s, timeout=0.7)
    raises(
        openai.APITimeoutError,
        lambda: c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "#hang"}]),
    )


@check("openai time-outs: one that the client asks of the gateway", only="gateway")
def _(s):
    raises(
        openai.InternalServerError,
        lambda: ask(s, "#hang", extra_headers={"x-litellm-timeout": "0.5"}),
        status_code=504,
    )


@check("openai stream: a cut is an error, not an end")
def _(s):
    try:
        text = "".join(c.choices[0].delta.content or "" for c in ask(s, "#cut and more words", stream=True) if c.choices)
    except Exception as error:
        names = {k.__name__ for k in type(error).__mro__}
        assert names & {"APIError", "TransportError", "HTTPError"}, repr(error)
        return
    raise AssertionError("a whole answer: " + text)


@check("openai stream: an error within it")
def _(s):
    raises(openai.APIError, lambda: list(ask(s, "#late-error and more words", stream=True)))


@check("openai stream: empty events and comments are passed over")
def _(s):
    text = "".join(c.choices[0].delta.content or "" for c in ask(s, "#empty", stream=True) if c.choices)
    same(text, GREETING + "#empty")


@check("openai async: plain and streamed")
async def _(s):
    async with openai.AsyncOpenAI(base_url=s.openai["base"], api_key=s.openai["key"], max_retries=0) as c:
        message = [{"role": "user", "content": "Hello."}]
        answer = await c.chat.completions.create(model=s.openai["model"], messages=message)
        same(answer.choices[0].message.content, GREETING + "Hello.")
        text = ""
        async for chunk in await c.chat.completions.create(model=s.openai["model"], messages=message, stream=True):
            text += chunk.choices[0].delta.content or ""
        same(text, GREETING + "Hello.")


@check("openai headers: call id, model, cost, retries, limits", only="gateway")
def _(s):
    raw = client(s).with_options(api_key=s.keys["limited"]).chat.completions.with_raw_response.create(
        model=s.openai["model"], messages=[{"role": "user", "content": "Hello."}]
    )
    headers = raw.headers
    assert len(headers["x-litellm-call-id"]) >= 32
    same(headers["x-request-id"], headers["x-litellm-call-id"])
    # 15 of input at 0.25, 5 of it from the cache at 0.025, 9 of output at 2.00 USD per million
    same(headers["x-litellm-response-cost"], "0.000021875")
    same(headers["x-litellm-model-group"], s.openai["model"])
    same((headers["x-litellm-attempted-retries"], headers["x-litellm-attempted-fallbacks"]), ("0", "0"))
    assert float(headers["x-litellm-overhead-duration-ms"]) >= 0
    same(headers["x-ratelimit-limit-requests"], "1000")
    assert int(headers["x-ratelimit-remaining-requests"]) < 1000
    same(raw.parse().choices[0].message.content, GREETING + "Hello.")


@check("openai headers: what a client may not choose", only="gateway")
def _(s):
    for field in ("api_base", "base_url", "api_key", "extra_headers"):
        s.requests("openai")
        raises(openai.BadRequestError, lambda: ask(s, "x", extra_body={field: "http://127.0.0.1:9"}), param=field)
        same(s.requests("openai"), [])


@check("openai paths: without /v1, too", only="gateway")
def _(s):
    c = client(s).with_options(base_url=s.openai["base"].removesuffix("/v1"))
    answer = c.chat.completions.create(model=s.openai["model"], messages=[{"role": "user", "content": "Hello."}])
    same(answer.choices[0].message.content, GREETING + "Hello.")
    same(len(c.embeddings.create(model=s.openai["embedding"], input="x").data), 1)


@check("openai models: as provider:model and provider/model", only="gateway")
def _(s):
    for model in ("openai:gpt-5-mini", "openai/gpt-5-mini"):
        answer = client(s).chat.completions.create(model=model, messages=[{"role": "user", "content": "Hello."}])
        same(answer.choices[0].message.content, GREETING + "Hello.")
        same(s.last("openai")["model"], "gpt-5-mini")


def azure(s):
    return openai.AzureOpenAI(
        azure_endpoint=s.azure["base"], api_key=s.azure["key"], api_version="2024-10-21", max_retries=0, timeout=30
    )


@check("azure client: chat, streamed chat, embeddings")
def _(s):
    c = azure(s)
    message = [{"role": "user", "content": "Hello."}]
    same(
        c.chat.completions.create(model=s.azure["model"], messages=message).choices[0].message.content,
        GREETING + "Hello.",
    )
    chunks = list(c.chat.completions.create(model=s.azure["model"], messages=message, stream=True))
    same("".join(x.choices[0].delta.content or "" for x in chunks if x.choices), GREETING + "Hello.")
    same(len(c.embeddings.create(model=s.azure["embedding"], input=["a", "b"]).data), 2)


@check("azure client: a wrong key")
def _(s):
    c = azure(s).with_options(api_key="wrong")
    raises(
        openai.AuthenticationError,
        lambda: c.chat.completions.create(model=s.azure["model"], messages=[{"role": "user", "content": "x"}]),
    )
