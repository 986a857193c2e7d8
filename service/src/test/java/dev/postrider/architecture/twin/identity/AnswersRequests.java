package dev.postrider.architecture.twin.identity;

import jakarta.ws.rs.core.Response;

record AnswersRequests(Response answer) {}
