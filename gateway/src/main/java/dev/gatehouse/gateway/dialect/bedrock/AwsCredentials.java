package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.outbound.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who asks AWS.
 *
 * @param accessKeyId such as {@code AKIDEXAMPLE}; not secret
 * @param sessionToken of temporary credentials; null: they are lasting
 */
public record AwsCredentials(
    String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {}
