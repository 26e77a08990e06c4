package dev.gatehouse.gateway.litellm;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of keys that have no counterpart. A key that is in no table is told all the same,
 * with less to say.
 */
final class Unsupported {
  private static final Answer UNKNOWN =
      new Answer(
          "Gatehouse has nothing that this would set.",
          "Do without it, or keep LiteLLM for what needs it.");

  /**
   * What there is to say of a key.
   *
   * @param why a sentence
   * @param remedy what to do; empty where nothing is lost
   */
  record Answer(String why, String remedy) {
    boolean isHarmless() {
      return remedy.isEmpty();
    }
  }

  private static final Map<String, Answer> PARAMETERS = new HashMap<>();
  private static final Map<String, Answer> SETTINGS = new HashMap<>();

  static {
    parameters(
        "LiteLLM puts it into every request to this model; Gatehouse adds nothing to a request.",
        "Send it with the request.",
        "temperature top_p top_k min_p max_tokens max_completion_tokens max_output_tokens seed stop n"
            + " presence_penalty frequency_penalty logit_bias logprobs top_logprobs response_format tools"
            + " tool_choice parallel_tool_calls user metadata thinking reasoning_effort reasoning"
            + " verbosity extra_body dimensions encoding_format input_type stream stream_options"
            + " safety_settings modalities prediction audio store service_tier web_search_options"
            + " keep_alive num_ctx num_predict format performanceConfig cache_control_injection_points"
            + " size quality voice truncate guardrailConfig");
    parameters(
        "Gatehouse sends a provider no headers but its own.",
        "Leave a model that needs them at LiteLLM.",
        "extra_headers headers default_headers");
    parameters(
        "Gatehouse signs in at Azure with an API key only.",
        "Give the resource's API key as api_key.",
        "azure_ad_token azure_ad_token_provider tenant_id client_id client_secret azure_scope"
            + " azure_username azure_password");
    parameters(
        "Gatehouse signs in at AWS with an access key only.",
        "Give aws_access_key_id and aws_secret_access_key of a user that may call this model alone.",
        "aws_role_name aws_session_name aws_profile_name aws_web_identity_token"
            + " aws_sts_endpoint aws_external_id aws_session_tags aws_role_arn");
    parameters(
        "Gatehouse chooses among the deployments of a model by weight alone.",
        "Give the deployments names of their own, and let clients ask for those.",
        "tags order provider_affinity_header region_name");
    parameters(
        "Budgets and concurrency are limited by key, not by deployment.",
        "Set --budget on the keys (gatehouse gateway key add).",
        "max_budget budget_duration max_parallel_requests default_api_key_tpm_limit"
            + " default_api_key_rpm_limit itpm otpm");
    parameters(
        "Gatehouse counts a price by input and output tokens only.",
        "Check the price of this model in gatehouse.toml.",
        "input_cost_per_second output_cost_per_second input_cost_per_character"
            + " output_cost_per_character input_cost_per_pixel output_cost_per_pixel"
            + " input_cost_per_token_batches output_cost_per_token_batches output_cost_per_image"
            + " input_cost_per_audio_token output_cost_per_audio_token input_cost_per_query"
            + " output_cost_per_reasoning_token input_cost_per_token_above_200k_tokens"
            + " output_cost_per_token_above_200k_tokens input_cost_per_token_above_128k_tokens");
    parameters(
        "Gatehouse writes no prompts and knows no templates.",
        "Use the server's own chat template, or write the prompt in the client.",
        "roles initial_prompt_value final_prompt_value bos_token eos_token prompt_id prompt_variables"
            + " prompt_label prompt_version dotprompt_content prompt_integration hf_model_name");
    parameters(
        "Gatehouse checks no texts and changes none.",
        "Check them in the client or at the provider.",
        "guardrails guardrail vector_store_ids litellm_system_prompt");
    parameters(
        "Gatehouse answers nothing that no provider said.",
        "Point the model at a fake server for tests.",
        "mock_response mock_tool_calls mock_timeout mock_testing_fallbacks");
    parameters(
        "Clients can never choose address or key here: that is how keys have leaked.",
        "Configure a provider for each address.",
        "configurable_clientside_auth_params clientside_credentials");
    parameters(
        "Gatehouse always checks certificates.",
        "Add the authority's certificate with ca-file in [outbound].",
        "ssl_verify ssl_certificate verify");
    parameters(
        "A streamed answer has no time-out of its own: `timeout` bounds each silence in it.",
        "Set timeout to what a silence may last.",
        "stream_timeout");
    parameters(
        "All deployments cool down alike.",
        "Set cooldown in [gateway].",
        "cooldown_time allowed_fails allowed_fails_policy retry_policy retry_after");
    parameters(
        "Only [[gateway.model]] entries and their fallbacks choose a model.",
        "Put the fallbacks into router_settings, and import again.",
        "fallbacks context_window_fallbacks content_policy_fallbacks");

    settings(
        "Gatehouse's log is text, at one level, and holds no prompts.",
        "",
        "set_verbose json_logs debug_level suppress_debug_info verbose telemetry log_raw_request_response"
            + " turn_off_message_logging redact_messages_in_exceptions redact_user_api_key_info"
            + " disable_error_logs");
    settings(
        "Gatehouse calls nobody back; it counts usage by key, model, day, end user and tag, and has /metrics.",
        "Read usage there; traces stay with the clients.",
        "callbacks success_callback failure_callback service_callback service_callbacks input_callback"
            + " audit_log_callbacks default_team_settings langfuse_default_tags callback_settings"
            + " s3_callback_params gcs_pub_sub_use_v1 generic_logger_headers datadog_params"
            + " custom_callbacks post_call_rules pre_call_rules callback_specific_params"
            + " prometheus_metrics_config custom_prometheus_metadata_labels custom_prometheus_tags"
            + " standard_logging_payload_excluded_fields require_auth_for_metrics_endpoint"
            + " disable_end_user_cost_tracking_prometheus_only");
    settings(
        "Gatehouse counts usage by end user, as clients name them.",
        "Where that is not wanted, let the clients send a pseudonym, or nothing.",
        "disable_end_user_cost_tracking");
    settings(
        "Gatehouse keeps no answers.",
        "Do without; the providers' own prompt caches work as before.",
        "cache cache_params cache_responses caching_groups cache_kwargs enable_redis_auth_cache"
            + " disable_redis enable_caching_on_provider_specific_optional_params");
    settings(
        "Gatehouse changes no request so that a provider takes it.",
        "Mend the clients' requests.",
        "modify_params additional_drop_params");
    settings(
        "The keys, teams, budgets and models in LiteLLM's database are not taken over.",
        "Make keys with `gatehouse gateway key add NAME`, and list models that were added in the"
            + " LiteLLM console as [[gateway.model]].",
        "database_url store_model_in_db supported_db_objects");
    settings(
        "Gatehouse's gateway has no database server and no schema to tune.",
        "",
        "database_connection_pool_limit database_connection_timeout database_type database_args"
            + " disable_prisma_schema_update proxy_batch_write_at proxy_batch_polling_interval"
            + " proxy_budget_rescheduler_min_time proxy_budget_rescheduler_max_time"
            + " use_redis_transaction_buffer user_api_key_cache_ttl disable_spend_logs"
            + " disable_adding_master_key_hash_to_db maximum_spend_logs_retention_period"
            + " maximum_spend_logs_retention_interval maximum_spend_logs_cleanup_cron"
            + " store_prompts_in_spend_logs disable_spend_updates disable_master_key_return client_ttl"
            + " async_only_mode router_general_settings ignore_invalid_deployments"
            + " database_socket_timeout database_connect_timeout");
    settings(
        "Keys are always looked up in memory; a gateway that cannot write usage refuses.",
        "Do without.",
        "allow_requests_on_db_unavailable");
    settings(
        "One gateway keeps its own counts; it shares none.",
        "Run one gateway, or divide the limits of keys by their number.",
        "redis_host redis_port redis_password redis_db redis_url redis_ssl redis_startup_nodes"
            + " sentinel_nodes redis_cluster_nodes use_shared_health_check");
    settings(
        "Gatehouse sends no alerts.",
        "Watch /metrics with what you watch the rest with.",
        "alerting alerting_threshold alert_types alerting_args alert_to_webhook_url"
            + " spend_report_frequency slack_alerting email alerting_config budget_alert_ttl"
            + " key_alert_settings");
    settings(
        "Applications sign in with a virtual key, administrators with their token; nothing else.",
        "Make a key for each application: gatehouse gateway key add NAME",
        "custom_auth custom_auth_settings enable_jwt_auth litellm_jwtauth enable_oauth2_auth"
            + " enable_oauth2_proxy_auth oauth2_config_mappings custom_sso custom_key_generate"
            + " custom_ui_sso_sign_in_handler ui_access_mode allow_user_auth control_plane_url"
            + " default_internal_user_params internal_user_budget_duration max_internal_user_budget"
            + " default_team_params upperbound_key_generate_params default_key_generate_params"
            + " key_generation_settings team_params service_account_settings public_routes admin_only_routes"
            + " allowed_routes role_permissions default_team_disabled litellm_key_header_name"
            + " enforce_user_param enforced_params reject_clientside_metadata_tags access_groups"
            + " user_header_name user_header_mappings enable_key_alias_format_validation mcp_trusted_proxy_ranges");
    settings(
        "Budgets and limits belong to keys, users and teams.",
        "Set --budget, or the limits, on the keys (gatehouse gateway key add).",
        "max_budget budget_duration max_user_budget max_end_user_budget max_end_user_budget_id"
            + " global_max_parallel_requests max_parallel_requests default_max_parallel_requests"
            + " provider_budget_config max_fallbacks default_priority polling_interval"
            + " priority_reservation priority_reservation_settings tag_budget_config"
            + " default_max_internal_user_budget");
    settings(
        "Gatehouse chooses among the deployments of a model by weight alone.",
        "Give the deployments names of their own, and let clients ask for those.",
        "enable_tag_filtering tag_filtering_match_any routing_strategy_args routing_groups"
            + " optional_pre_call_checks enable_pre_call_checks enable_pre_call_check"
            + " deployment_affinity_ttl_seconds enable_weighted_failover weights tag_routing_prefix"
            + " model_group_affinity_config enable_health_check_routing forward_client_headers_by_model_group"
            + " model_group_settings enable_loadbalancing_on_batch_endpoints");
    settings(
        "Gatehouse retries what may be retried as often as `retries` says, and heeds retry-after.",
        "Do without.",
        "retry_policy model_group_retry_policy retry_after disable_retry_on_max_parallel_request_limit_error");
    settings(
        "A deployment cools down after as many failures as allowed-fails says, whatever they are.",
        "Do without.",
        "allowed_fails_policy");
    settings(
        "Headers and keys of clients never reach a provider: that is how keys have leaked.",
        "Configure the provider with its key.",
        "forward_client_headers_to_llm_api forward_openai_org_id forward_llm_provider_auth_headers"
            + " allow_client_side_credentials use_client_credentials_pass_through_routes"
            + " add_user_information_to_llm_headers forward_traceparent_to_llm_provider");
    settings(
        "The gateway passes through no addresses but those of inference.",
        "Let the clients ask that service by themselves.",
        "pass_through_endpoints target_storage_backend default_vertex_config files_settings finetune_settings"
            + " vector_store_registry search_tools mcp_servers mcp_aliases mcp_tools mcp_semantic_tool_filter"
            + " mcp_semantic_tool_filter_config agent_list assistant_settings assistants_config batch_settings"
            + " websearch_interception_params image_generation_model moderation_model user_mcp_management_mode");
    settings(
        "Gatehouse checks no texts, changes none and runs no code of others.",
        "Check them in the client or at the provider.",
        "guardrails guardrail_list guardrail_name prompts prompt_directory global_prompt_directory"
            + " global_bitbucket_config global_gitlab_config custom_provider_map policies policy_attachments"
            + " llamaguard_mode llm_guard_mode banned_keywords_list blocked_user_list"
            + " presidio_ad_hoc_recognizers output_parse_pii google_moderation_confidence_threshold");
    settings(
        "A request always names its model.",
        "Name it in the clients.",
        "completion_model embedding_model default_litellm_params infer_model_from_keys");
    settings(
        "Keys come from variables, files, Vault or Gatehouse's own store.",
        "Make `env:NAME` a `vault:` or `file:` reference where the variable came out of there.",
        "key_management_system key_management_settings use_azure_key_vault use_google_kms"
            + " secret_manager custom_secret_manager");
    settings(
        "Gatehouse asks no provider of its own accord; what fails cools down.",
        "",
        "background_health_checks health_check_interval health_check_details"
            + " health_check_concurrency health_check_max_tokens background_health_check_max_tokens"
            + " health_check_staleness_threshold");
    settings(
        "Gatehouse always checks certificates.",
        "Add the authority's certificate with ca-file in [outbound].",
        "ssl_verify ssl_certificate ssl_security_level ssl_ecdh_curve");
    settings(
        "Bodies have one limit for all.",
        "Do without.",
        "max_request_size_mb max_response_size_mb");
    settings(
        "Prices are those of [[gateway.model]] and of the dated table.",
        "Set input-price and output-price there.",
        "cost_discount_config cost_margin_config model_cost_map_url include_cost_in_streaming_usage");
    settings(
        "Which addresses may use a key is said with the key.",
        "Set it with the keys (gatehouse gateway key add).",
        "allowed_ips use_x_forwarded_for");
    settings(
        "A streamed answer has no time-out of its own: `timeout` bounds each silence in it.",
        "Set timeout to what a silence may last.",
        "stream_timeout");
    settings("Gatehouse needs no license.", "", "litellm_license");
  }

  /** Of {@code model_info}: what is more than information about the model. */
  private static final Map<String, Answer> INFORMATION =
      Map.ofEntries(
          scope("access_groups"),
          scope("team_id"),
          scope("team_public_model_name"),
          scope("access_via_team_ids"),
          scope("access_windows"),
          scope("tier"),
          Map.entry(
              "supported_environments",
              new Answer(
                  "Gatehouse serves a model wherever it runs.",
                  "Keep a configuration for each environment.")),
          Map.entry(
              "custom_tokenizer",
              new Answer(
                  "Gatehouse counts the tokens that the provider says.",
                  "Count tokens in the client.")));

  private static final Set<String> PRICES_OF_INFORMATION =
      Set.of(
          "input_cost_per_token",
          "output_cost_per_token",
          "cache_read_input_token_cost",
          "cache_creation_input_token_cost",
          "cache_creation_input_token_cost_above_1hr");

  private Unsupported() {}

  private static Map.Entry<String, Answer> scope(String key) {
    return Map.entry(
        key,
        new Answer(
            "Who may use a model is said with the keys.",
            "Name the models of each key: gatehouse gateway key add NAME --model MODEL"));
  }

  private static void parameters(String why, String remedy, String keys) {
    put(PARAMETERS, why, remedy, keys);
  }

  private static void settings(String why, String remedy, String keys) {
    put(SETTINGS, why, remedy, keys);
  }

  private static void put(Map<String, Answer> into, String why, String remedy, String keys) {
    Answer answer = new Answer(why, remedy);
    for (String key : keys.split(" ", -1)) {
      into.put(key, answer);
    }
  }

  /** Of a key in {@code litellm_params}. */
  static Answer parameter(String key) {
    Answer known = PARAMETERS.get(key);
    if (known != null) {
      return known;
    }
    return SETTINGS.getOrDefault(key, UNKNOWN);
  }

  /** Of a key in one of the settings, or of a section. */
  static Answer setting(String key) {
    return SETTINGS.getOrDefault(key, UNKNOWN);
  }

  /** Of a key in {@code model_info}; null where it only informs. */
  static @Nullable Answer information(String key) {
    Answer known = INFORMATION.get(key);
    if (known != null) {
      return known;
    }
    boolean price = key.contains("cost") && !PRICES_OF_INFORMATION.contains(key);
    return price ? PARAMETERS.get("input_cost_per_second") : null;
  }
}
