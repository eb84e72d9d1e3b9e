import mysql from 'mysql2/promise';

/** A schema with what makes rows hard to put back. */
const schema = `
CREATE TABLE parent (id int AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL UNIQUE) AUTO_INCREMENT = 50;
CREATE TABLE child (id int AUTO_INCREMENT PRIMARY KEY, parent_id int,
  FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE tree (id int PRIMARY KEY, parent_id int, label text, FOREIGN KEY (parent_id) REFERENCES tree (id));
CREATE TABLE computed (id bigint AUTO_INCREMENT PRIMARY KEY, price decimal(12,2) CHECK (price >= 0),
  gross decimal(12,2) AS (price * 1.2) STORED, doubled decimal(12,2) AS (price * 2) VIRTUAL,
  hidden int INVISIBLE DEFAULT 7, document json, at datetime(6), stamped timestamp(6) NULL, bits bit(3));
CREATE TABLE empty_one (id int AUTO_INCREMENT PRIMARY KEY, note text);
CREATE TABLE audit (id int AUTO_INCREMENT PRIMARY KEY, note text);
CREATE TABLE zero (id int AUTO_INCREMENT PRIMARY KEY, note text);
CREATE TABLE scratch (note text) ENGINE = Aria;
CREATE TABLE parts (id int PRIMARY KEY, note text) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE \`odd \`\`table\` (\`odd \`\`column\` varchar(10) PRIMARY KEY);
CREATE VIEW short_names AS SELECT id, name FROM parent WHERE LENGTH(name) < 10;
CREATE TRIGGER log_parent AFTER INSERT ON parent FOR EACH ROW INSERT INTO audit (note) VALUES (NEW.name);
CREATE PROCEDURE buy(IN what text) INSERT INTO audit (note) VALUES (what);
`;

const rows = `
INSERT INTO parent (id, name) VALUES (1, 'Ada'), (2, 'Łódź 😀');
INSERT INTO child VALUES (1, 1), (2, NULL);
INSERT INTO tree VALUES (1, 2, 'up'), (2, 1, 'down');
INSERT INTO computed (price, hidden, document, at, stamped, bits) VALUES
  (1.50, 8, '{"a": 1}', '2024-03-31 02:30:00.123456', '2024-10-27 00:30:00.5', b'101'), (NULL, 9, '[]', NULL, NULL, NULL);
INSERT INTO parts VALUES (1, 'a'), (11, 'b');
INSERT INTO scratch VALUES ('x'), ('x');
INSERT INTO \`odd \`\`table\` VALUES ('a'), ('b');
INSERT INTO zero VALUES (0, 'zero');
`;

export async function run(url: string, statements: string, session = ''): Promise<void> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  try {
    await connection.query(`${session}${statements}`);
  } finally {
    await connection.end();
  }
}

export const migrate = (url: string) => run(url, schema);
export const seed = (url: string) =>
  run(url, rows, "SET foreign_key_checks = 0, sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO'); ");

/** All rows of all tables, and the numbers that the next ones get. */
export async function dump(query: (sql: string) => Promise<Record<string, unknown>[]>): Promise<string[]> {
  const tables = await query(
    "SELECT TABLE_NAME AS name, AUTO_INCREMENT AS next FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1",
  );
  const lines: string[] = [];
  for (const { name, next } of tables) {
    const hidden = name === 'computed' ? ', hidden' : '';
    const found = await query(
      `SELECT *${hidden} FROM \`${String(name).replaceAll('`', '``')}\` ORDER BY 1, 2`.replace(
        ', 2',
        name === 'scratch' || String(name).startsWith('odd') ? '' : ', 2',
      ),
    );
    lines.push(`${name} next ${next}`, ...found.map((row) => `${name} ${JSON.stringify(row)}`));
  }
  return lines;
}
