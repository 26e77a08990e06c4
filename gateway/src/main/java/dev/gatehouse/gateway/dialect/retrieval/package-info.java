/**
 * Embeddings and reranking: clients ask as OpenAI's {@code /v1/embeddings} and as Cohere's and
 * Jina's {@code /v1/rerank} have it, providers are asked in their own formats.
 */
@NullMarked
package dev.gatehouse.gateway.dialect.retrieval;

import org.jspecify.annotations.NullMarked;
