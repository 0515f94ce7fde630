/** Where people ask and read: Kafka Streams views, WebSocket, HTTP and the web page. */
@NullMarked
package dev.flamingo.gateway;

import org.jspecify.annotations.NullMarked;
