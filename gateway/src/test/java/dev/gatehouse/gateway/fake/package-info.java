/**
 * Vendors' APIs, played strictly on loopback: a request that the vendor's reference does not allow,
 * at any level, is an error of the vendor's own shape. What is answered is chosen by words in the
 * conversation's last text, see {@link dev.gatehouse.gateway.fake.Director}, so that a client in
 * any language can ask for it through anything that stands in between.
 *
 * <p>The fields are those of the vendors' references as of autumn 2026, read in the types of their
 * Python SDKs (openai 3.22.1, anthropic 1.13.0, google-genai 2.25.0) and in botocore's model of
 * bedrock-runtime (1.43.107).
 */
@NullMarked
package dev.gatehouse.gateway.fake;

import org.jspecify.annotations.NullMarked;
