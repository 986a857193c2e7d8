package dev.postrider.email;

/** This node, by a name that no other has (POSTRIDER_NODE). */
public record Node(String name) {}
