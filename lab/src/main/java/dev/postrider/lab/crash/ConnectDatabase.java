package dev.postrider.lab.crash;

import java.sql.Connection;
import java.sql.SQLException;

/** How the lab reaches the database behind the program's back. */
public interface ConnectDatabase {
    Connection connect() throws SQLException;
}
