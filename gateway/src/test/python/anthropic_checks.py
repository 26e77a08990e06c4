"""Anthropic's SDK, as its users use it."""

import anthropic

from harness import check, contains, raises, same
from openai_checks import ARGUMENTS, GREETING, PNG, Counting

TOOL = {
    "name": "weather",
    "description": "Tells it.",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
TIME = {**TOOL, "name": "time"}


def client(s, **more):
    more = {"max_retries": 0, "timeout": 30, **more}
    return anthropic.Anthropic(base_url=s.anthropic["base"], api_key=s.anthropic["key"], **more)


def asked(s, text, **more):
    return {
        "model": s.anthropic["model"],
        "max_tokens": 2000,
        "messages": [{"role": "user", "content": text}],
        **more,
    }


def ask(s, text, **more):
    return client(s).messages.create(**asked(s, text, **more))


@check("anthropic messages: plain")
def _(s):
    answer = ask(s, "Hello.")
    same((answer.content[0].type, answer.content[0].text), ("text", GREETING + "Hello."))
    same((answer.role, answer.type, answer.stop_reason, answer.stop_sequence), ("assistant", "message", "end_turn", None))
    usage = answer.usage
    same((usage.input_tokens, usage.cache_read_input_tokens, usage.output_tokens), (15, 5, 9))


@check("anthropic messages: instructions as text and as blocks to be cached")
def _(s):
    contains(ask(s, "Hi.", system="Be brief.").content[0].text, "[system: Be brief.]")
    blocks = [
        {"type": "text", "text": "Be brief."},
        {"type": "text", "text": "A book.", "cache_control": {"type": "ephemeral", "ttl": "1h"}},
    ]
    contains(ask(s, "Hi.", system=blocks).content[0].text, "[system: Be brief. | A book.]")
    same(s.last("anthropic")["system"], blocks)


@check("anthropic messages: several turns, a turn to be cached")
def _(s):
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "One.", "cache_control": {"type": "ephemeral"}}]},
        {"role": "assistant", "content": "Two."},
        {"role": "user", "content": "Three."},
    ]
    same(ask(s, "", messages=messages).content[0].text, GREETING + "Three.")
    same(s.last("anthropic")["messages"], messages)


@check("anthropic messages: images by value and by address")
def _(s):
    content = [
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}},
        {"type": "image", "source": {"type": "url", "url": "https://images.example/cat.png"}},
        {"type": "text", "text": "What?"},
    ]
    contains(ask(s, content).content[0].text, "[images: 2]")


@check("anthropic messages: a tool and its result")
def _(s):
    first = ask(s, "#tool", tools=[TOOL])
    call = first.content[0]
    same((call.type, call.name, call.input, first.stop_reason), ("tool_use", "weather", ARGUMENTS, "tool_use"))
    messages = [
        {"role": "user", "content": "#tool"},
        {"role": "assistant", "content": [call.model_dump(include={"type", "id", "name", "input"})]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "21 degrees"}]},
    ]
    same(ask(s, "", messages=messages, tools=[TOOL]).content[0].text, "The tool gave: 21 degrees")


@check("anthropic messages: several tools, one forced, some required, none allowed")
def _(s):
    same([b.name for b in ask(s, "#tools", tools=[TOOL, TIME]).content], ["weather", "time"])
    forced = ask(s, "Hello.", tools=[TOOL, TIME], tool_choice={"type": "tool", "name": "time"})
    same(forced.content[0].name, "time")
    same(ask(s, "Hello.", tools=[TOOL], tool_choice={"type": "any"}).content[0].name, "weather")
    same(ask(s, "#tool", tools=[TOOL], tool_choice={"type": "none"}).content[0].type, "text")


@check("anthropic messages: thinking, and back with its signature")
def _(s):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    first = ask(s, "Hello.", thinking=thinking)
    same([b.type for b in first.content], ["thinking", "text"])
    contains(first.content[0].thinking, "Let me think")
    turn = [b.model_dump(exclude_none=True) for b in first.content]
    messages = [
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": turn},
        {"role": "user", "content": "More."},
    ]
    same(ask(s, "", messages=messages, thinking=thinking).stop_reason, "end_turn")
    same(s.last("anthropic")["messages"][1]["content"][0], turn[0])


@check("anthropic messages: ends at a text, at the most tokens, declined")
def _(s):
    answer = ask(s, "#stop", stop_sequences=["three"])
    same((answer.stop_reason, answer.stop_sequence), ("stop_sequence", "three"))
    same(ask(s, "#length").stop_reason, "max_tokens")
    same(ask(s, "#filter").stop_reason, "refusal")


@check("anthropic messages: structured output")
def _(s):
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "temperature": {"type": "integer"}},
        "required": ["city", "temperature"],
        "additionalProperties": False,
    }
    answer = ask(s, "Weather?", output_config={"format": {"type": "json_schema", "schema": schema}})
    contains(answer.content[0].text, '"temperature": 21')


@check("anthropic messages: fields that nobody knows pass")
def _(s):
    ask(s, "Hello.", extra_body={"field_of_tomorrow": {"a": [1]}, "top_k": 5}, metadata={"user_id": "u1"})
    got = s.last("anthropic")
    same((got["field_of_tomorrow"], got["metadata"], got["top_k"]), ({"a": [1]}, {"user_id": "u1"}, 5))


@check("anthropic messages: a beta that the client asks for arrives", only="direct")
def _(s):
    client(s).beta.messages.create(**asked(s, "Hello."), betas=["context-1m-2025-08-07"])


@check("anthropic stream: text")
def _(s):
    with client(s).messages.stream(**asked(s, "Hello.")) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    same(text, GREETING + "Hello.")
    same((final.content[0].text, final.stop_reason), (text, "end_turn"))
    same((final.usage.input_tokens, final.usage.cache_read_input_tokens, final.usage.output_tokens), (15, 5, 9))


@check("anthropic stream: its events, in their order")
def _(s):
    kinds = []
    for event in client(s).messages.create(**asked(s, "Hello."), stream=True):
        if not kinds or kinds[-1] != event.type:
            kinds.append(event.type)
    kinds = [k for k in kinds if k != "ping"]
    same(
        kinds,
        ["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
    )


@check("anthropic stream: a tool's input")
def _(s):
    with client(s).messages.stream(**asked(s, "#tools", tools=[TOOL, TIME])) as stream:
        pieces = [e.partial_json for e in stream if e.type == "input_json"]
        final = stream.get_final_message()
    assert len(pieces) > 4
    same([(b.name, b.input) for b in final.content], [("weather", ARGUMENTS), ("time", ARGUMENTS)])
    same(final.stop_reason, "tool_use")


@check("anthropic stream: thinking")
def _(s):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    with client(s).messages.stream(**asked(s, "Hello.", thinking=thinking)) as stream:
        final = stream.get_final_message()
    same([b.type for b in final.content], ["thinking", "text"])
    assert final.content[0].signature


@check("anthropic stream: overloaded within it")
def _(s):
    def all_events():
        return list(client(s).messages.create(**asked(s, "#late-error and more words"), stream=True))

    error = raises_kind(anthropic.APIStatusError, all_events)
    contains(str(error), "overloaded_error")


def raises_kind(kind, function):
    try:
        function()
    except kind as error:
        return error
    raise AssertionError(f"wanted {kind.__name__}, got an answer")


@check("anthropic stream: a cut is an error, not an end")
def _(s):
    def all_events():
        with client(s).messages.stream(**asked(s, "#cut and some more words")) as stream:
            return stream.get_final_message()

    error = raises_kind(Exception, all_events)
    assert not isinstance(error, AssertionError) or "not" in str(error), repr(error)


@check("anthropic count_tokens")
def _(s):
    counted = client(s).messages.count_tokens(
        model=s.anthropic["model"], messages=[{"role": "user", "content": "Hello."}], tools=[TOOL], system="x"
    )
    same(counted.input_tokens, 20)


@check("anthropic errors: a wrong key")
def _(s):
    c = client(s).with_options(api_key="wrong")
    raises(anthropic.AuthenticationError, lambda: c.messages.create(**asked(s, "x")), status_code=401)


@check("anthropic errors: a key that is not for the model", only="gateway")
def _(s):
    c = client(s).with_options(api_key=s.keys["narrow"])
    raises(anthropic.PermissionDeniedError, lambda: c.messages.create(**asked(s, "x")), status_code=403)


@check("anthropic errors: an unknown model")
def _(s):
    raises(anthropic.NotFoundError, lambda: ask(s, "x", model="unknown-model"), status_code=404)


@check("anthropic errors: a wrong request")
def _(s):
    raises(anthropic.BadRequestError, lambda: ask(s, "x", extra_body={"temperature": 7}), status_code=400)


@check("anthropic errors: each status its class")
def _(s):
    for status, kind in (
        (429, anthropic.RateLimitError),
        (500, anthropic.InternalServerError),
        (529, anthropic.OverloadedError),
    ):
        raises(kind, lambda: ask(s, f"#status-{status}"))


@check("anthropic errors: the wait")
def _(s):
    error = raises(anthropic.RateLimitError, lambda: ask(s, "#status-429-after-7"))
    same(error.response.headers["retry-after"], "7")


@check("anthropic errors: too large", only="gateway")
def _(s):
    raises(anthropic.RequestTooLargeError, lambda: ask(s, "x" * (9 << 20)), status_code=413)


@check("anthropic errors: a spent budget is asked for once", only="gateway")
def _(s):
    counting = Counting()
    c = anthropic.Anthropic(
        base_url=s.anthropic["base"],
        api_key=s.keys["spent"],
        max_retries=5,
        http_client=anthropic.DefaultHttpxClient(event_hooks={"request": [counting.count]}),
    )
    error = raises_kind(anthropic.APIStatusError, lambda: c.messages.create(**asked(s, "x")))
    assert error.status_code not in (408, 409, 429) and error.status_code < 500, error.status_code
    same(counting.requests, 1)


@check("anthropic retries: overload may be tried again")
def _(s):
    c = client(s, max_retries=1)
    name = "g" if s.gateway else "d"
    answer = c.messages.create(**asked(s, f"#once-529-{name}{id(c)}"))
    same(answer.stop_reason, "end_turn")


@check("anthropic async: plain and streamed")
async def _(s):
    async with anthropic.AsyncAnthropic(
        base_url=s.anthropic["base"], api_key=s.anthropic["key"], max_retries=0
    ) as c:
        answer = await c.messages.create(**asked(s, "Hello."))
        same(answer.content[0].text, GREETING + "Hello.")
        async with c.messages.stream(**asked(s, "Hello.")) as stream:
            text = "".join([t async for t in stream.text_stream])
        same(text, GREETING + "Hello.")


@check("anthropic messages: beta features go to the provider, in the API's version", "gateway")
def _(s):
    s.requests("anthropic")
    betas = ["context-1m-2025-08-07", "output-128k-2025-02-19"]
    answer = client(s).beta.messages.create(betas=betas, **asked(s, "Hello."))
    same(answer.content[0].text, GREETING + "Hello.")
    headers = s.requests("anthropic")[-1]["headers"]
    same([beta.strip() for beta in headers["anthropic-beta"].split(",")], betas)
    same(headers["anthropic-version"], "2023-06-01")
    # What is no list of names is not passed on, and neither is another version.
    client(s).messages.create(
        **asked(s, "Hello."), extra_headers={"anthropic-beta": "a b;c", "anthropic-version": "2099-01-01"}
    )
    headers = s.requests("anthropic")[-1]["headers"]
    same((headers.get("anthropic-beta"), headers["anthropic-version"]), (None, "2023-06-01"))


@check("anthropic messages: an error says which request it was", "gateway")
def _(s):
    for text, model in (("#status-429", s.anthropic["model"]), ("Hello.", "no-such-model")):
        kind = anthropic.RateLimitError if text != "Hello." else anthropic.NotFoundError
        error = raises(kind, lambda: ask(s, text, model=model))
        assert error.request_id, "no header request-id"
        same(error.body["request_id"], error.request_id)
        same(error.response.headers["x-litellm-call-id"], error.request_id)
