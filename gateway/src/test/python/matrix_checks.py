"""Both formats of clients against every type of provider, whole and streamed."""

import json

import anthropic
import openai

import anthropic_checks
import openai_checks
from harness import CHECKS, contains, raises, same
from openai_checks import ARGUMENTS, GREETING, PNG

# What is charged for, in and out: Cohere's tokens are not all billed.
TAKEN = {"cohere": (17, 9)}
# Who tells how many tokens a conversation has.
COUNTING = ("anthropic", "gemini", "bedrock")
PROVIDERS = ("openai", "azure", "compatible", "anthropic", "gemini", "cohere", "bedrock")


def chat(s, model, messages, streamed, **more):
    """Text, calls (name and arguments), why it ended, and usage."""
    c = openai_checks.client(s)
    if not streamed:
        answer = c.chat.completions.create(model=model, messages=messages, **more)
        message = answer.choices[0].message
        calls = [(t.id, t.function.name, t.function.arguments) for t in message.tool_calls or []]
        return message.content or "", calls, answer.choices[0].finish_reason, usage(answer.usage)
    text, calls, reason, used = "", {}, None, None
    for chunk in c.chat.completions.create(
        model=model, messages=messages, stream=True, stream_options={"include_usage": True}, **more
    ):
        used = chunk.usage or used
        for choice in chunk.choices:
            text += choice.delta.content or ""
            reason = choice.finish_reason or reason
            for call in choice.delta.tool_calls or []:
                before = calls.get(call.index, (None, None, ""))
                calls[call.index] = (
                    before[0] or call.id,
                    before[1] or call.function.name,
                    before[2] + (call.function.arguments or ""),
                )
    return text, list(calls.values()), reason, usage(used)


def usage(used):
    return used.prompt_tokens, used.completion_tokens


def messages(s, model, turns, streamed, **more):
    """As chat, out of Anthropic's SDK."""
    c = anthropic_checks.client(s)
    more = {"max_tokens": 2000, **more}
    if streamed:
        with c.messages.stream(model=model, messages=turns, **more) as stream:
            answer = stream.get_final_message()
    else:
        answer = c.messages.create(model=model, messages=turns, **more)
    text = "".join(b.text for b in answer.content if b.type == "text")
    calls = [(b.id, b.name, json.dumps(b.input)) for b in answer.content if b.type == "tool_use"]
    u = answer.usage
    read = u.input_tokens + (u.cache_read_input_tokens or 0) + (u.cache_creation_input_tokens or 0)
    return text, calls, answer.stop_reason, (read, u.output_tokens)


def chat_checks(s, provider, streamed):
    model, taken = s.matrix[provider], TAKEN.get(provider, (20, 9))
    user = {"role": "user", "content": "Hello."}
    text, _, reason, used = chat(s, model, [{"role": "system", "content": "Be brief."}, user], streamed)
    same((text, reason, used), (GREETING + "Hello. [system: Be brief.]", "stop", taken))
    tools = [openai_checks.tool("weather"), openai_checks.tool("time")]
    ask = {"role": "user", "content": "#tools"}
    _, calls, reason, _ = chat(s, model, [ask], streamed, tools=tools)
    same(([c[1] for c in calls], reason), (["weather", "time"], "tool_calls"))
    same([json.loads(c[2]) for c in calls], [ARGUMENTS, ARGUMENTS])
    assert calls[0][0] != calls[1][0], "calls of one id"
    turn = {
        "role": "assistant",
        "tool_calls": [
            {"id": c[0], "type": "function", "function": {"name": c[1], "arguments": c[2]}} for c in calls
        ],
    }
    results = [{"role": "tool", "tool_call_id": c[0], "content": "21 degrees"} for c in calls]
    text, _, reason, _ = chat(s, model, [ask, turn, *results], streamed, tools=tools)
    same(text.splitlines()[0], "The tool gave: 21 degrees")
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + PNG}}
    picture = {"role": "user", "content": [{"type": "text", "text": "What?"}, image]}
    text, _, _, _ = chat(s, model, [picture], streamed)
    same(text, GREETING + "What? [images: 1]")
    _, _, reason, _ = chat(s, model, [{"role": "user", "content": "#length"}], streamed, max_tokens=5)
    same(reason, "length")


def messages_checks(s, provider, streamed):
    model, taken = s.matrix[provider], TAKEN.get(provider, (20, 9))
    user = {"role": "user", "content": "Hello."}
    text, _, reason, used = messages(s, model, [user], streamed, system="Be brief.")
    same((text, reason, used), (GREETING + "Hello. [system: Be brief.]", "end_turn", taken))
    tools = [anthropic_checks.TOOL, anthropic_checks.TIME]
    ask = {"role": "user", "content": "#tools"}
    _, calls, reason, _ = messages(s, model, [ask], streamed, tools=tools)
    same(([c[1] for c in calls], reason), (["weather", "time"], "tool_use"))
    same([json.loads(c[2]) for c in calls], [ARGUMENTS, ARGUMENTS])
    turn = [{"type": "tool_use", "id": c[0], "name": c[1], "input": json.loads(c[2])} for c in calls]
    results = [{"type": "tool_result", "tool_use_id": c[0], "content": "21 degrees"} for c in calls]
    turns = [ask, {"role": "assistant", "content": turn}, {"role": "user", "content": results}]
    text, _, _, _ = messages(s, model, turns, streamed, tools=tools)
    same(text.splitlines()[0], "The tool gave: 21 degrees")
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}}
    picture = {"role": "user", "content": [{"type": "text", "text": "What?"}, image]}
    text, _, _, _ = messages(s, model, [picture], streamed)
    same(text, GREETING + "What? [images: 1]")
    _, _, reason, _ = messages(s, model, [{"role": "user", "content": "#length"}], streamed)
    same(reason, "max_tokens")


def chat_errors(s, provider, streamed):
    model = s.matrix[provider]

    def ask(text, **more):
        return chat(s, model, [{"role": "user", "content": text}], streamed, **more)

    raises(openai.RateLimitError, lambda: ask("#status-429"))
    raises(openai.InternalServerError, lambda: ask("#status-500"))
    raises(openai.BadRequestError, lambda: ask("#too-long"))
    # The provider refuses the gateway's key: that is not the client's fault, nor its business.
    error = raises_any(openai.APIStatusError, lambda: ask("#status-401"))
    assert "fake-provider-key" not in str(error), error


def messages_errors(s, provider, streamed):
    model = s.matrix[provider]

    def ask(text):
        return messages(s, model, [{"role": "user", "content": text}], streamed)

    raises(anthropic.RateLimitError, lambda: ask("#status-429"))
    raises(anthropic.InternalServerError, lambda: ask("#status-500"))
    raises(anthropic.BadRequestError, lambda: ask("#too-long"))


def raises_any(kind, function):
    try:
        function()
    except kind as error:
        return error
    raise AssertionError(f"wanted {kind.__name__}, got an answer")


def ids(s, provider, streamed):
    """Bedrock names its answers in a header alone."""
    model = s.matrix[provider]
    turns = [{"role": "user", "content": "Hello."}]
    c, a = openai_checks.client(s), anthropic_checks.client(s)
    if streamed:
        chunks = list(c.chat.completions.create(model=model, messages=turns, stream=True))
        with a.messages.stream(model=model, messages=turns, max_tokens=9) as stream:
            found = {chunk.id for chunk in chunks} | {stream.get_final_message().id}
    else:
        found = {c.chat.completions.create(model=model, messages=turns).id}
        found.add(a.messages.create(model=model, messages=turns, max_tokens=9).id)
    assert all(found), f"an answer without an id: {found}"
    if provider == "bedrock":
        same(found, {"7f6d3c1a-aws-request"})


def structured(s, provider, streamed):
    model = s.matrix[provider]
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "temperature": {"type": "integer"}},
        "required": ["city", "temperature"],
        "additionalProperties": False,
    }
    text, _, _, _ = chat(
        s,
        model,
        [{"role": "user", "content": "Weather?"}],
        streamed,
        response_format={"type": "json_schema", "json_schema": {"name": "weather", "schema": schema, "strict": True}},
    )
    same(json.loads(text)["temperature"], 21)


def count(s, provider, streamed):
    model = s.matrix[provider]

    def ask():
        return anthropic_checks.client(s).messages.count_tokens(
            model=model,
            system="Be brief.",
            messages=[{"role": "user", "content": "Hello."}],
            tools=[anthropic_checks.TOOL],
        )

    if provider in COUNTING:
        same(ask().input_tokens, 20)
    else:
        contains(str(raises(anthropic.BadRequestError, ask)), "count tokens")


def add(name, function, provider, streamed):
    def one(s):
        function(s, provider, streamed)

    CHECKS.append((f"{name} to {provider}{', streamed' if streamed else ''}", "gateway", one))


for provider in PROVIDERS:
    add("count_tokens", count, provider, False)
    for streamed in (False, True):
        add("chat", chat_checks, provider, streamed)
        add("messages", messages_checks, provider, streamed)
        add("chat's structured output", structured, provider, streamed)
        add("answers' ids", ids, provider, streamed)
        add("chat's errors", chat_errors, provider, streamed)
        add("messages' errors", messages_errors, provider, streamed)
