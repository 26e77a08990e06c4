/** What the configuration says of the gateway: values that check themselves. */
@NullMarked
package dev.gatehouse.gateway.settings;

import org.jspecify.annotations.NullMarked;
