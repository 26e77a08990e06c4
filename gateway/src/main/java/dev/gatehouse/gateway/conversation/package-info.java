/**
 * What is said between a client and a model, free of any vendor's format: what a {@link
 * dev.gatehouse.gateway.conversation.Conversation} asks, the {@link
 * dev.gatehouse.gateway.conversation.Answer} to it, and the {@link
 * dev.gatehouse.gateway.conversation.AnswerEvent}s in which a streamed answer comes. Every
 * translation goes through here, so that there is one for each format and not one for each pair.
 */
@NullMarked
package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.NullMarked;
