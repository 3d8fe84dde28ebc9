/**
 * Everything in one process: virtual patients, gateway, broker, application and the page.
 * The demo command enters; the other commands take patients and parts from here. Protocols stay out.
 */
@NullMarked
package org.openiomt.examples.demo;

import org.jspecify.annotations.NullMarked;
