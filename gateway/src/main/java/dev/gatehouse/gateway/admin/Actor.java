package dev.gatehouse.gateway.admin;

/** Who administers. */
public record Actor(String name, Role role) {}
