// Every row of a database, as text in one form: two databases hold the same where the texts are
// equal. Times are milliseconds since the epoch, ids and bytes hexadecimal digits, JSON without the
// database's own spacing and order. Left out are the columns that one database has for itself, and
// the ids that it draws itself.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/canonical_json.h"
#include "tests/support/postgres_server.h"
#include "tests/support/sqlite_file.h"

namespace tarotforge::test {

// The tables and columns that both have, with PostgreSQL's types.
class DatabaseRows {
 public:
  explicit DatabaseRows(const TestDatabase& postgres) {
    const auto columns = postgres.run(R"(
      select table_name || ' ' || column_name || ' ' || udt_name from information_schema.columns
      where table_schema = 'public' and table_name <> 'schema_migrations'
        and column_name <> 'ordinal'
        and (table_name, column_name) not in (values ('session_audit_log', 'id'),
                                                     ('webhook_deliveries', 'id'),
                                                     ('service_outages', 'id'))
        and table_name in (select table_name from information_schema.tables
                           where table_schema = 'public' and table_type = 'BASE TABLE')
      order by table_name, ordinal_position)");
    for (const auto& each : columns) {
      std::istringstream words(each);
      std::string table, column, type;
      words >> table >> column >> type;
      tables_[table].push_back({column, type});
    }
  }

  // "session_invites id=… session_id=… …", sorted.
  std::vector<std::string> of(const TestDatabase& postgres) const {
    return collect(
        [](const Column& column) {
          if (column.type == "timestamptz")
            return "(extract(epoch from " + column.name + ") * 1000)::numeric(20, 3)::text";
          if (column.type == "bytea") return "encode(" + column.name + ", 'hex')";
          if (column.type == "uuid") return "replace(" + column.name + "::text, '-', '')";
          if (column.type == "bool") return column.name + "::integer::text";
          return column.name + "::text";
        },
        [&](const std::string& sql) { return postgres.run(sql); });
  }
  std::vector<std::string> of(const std::string& sqlite_path) const {
    SqliteFile file(sqlite_path);
    return collect(
        [](const Column& column) {
          if (column.type == "timestamptz") return "cast(" + column.name + " as text) || '.000'";
          if (column.type == "bytea" || column.type == "uuid")
            return "case when " + column.name + " is not null then lower(hex(" + column.name +
                   ")) end";
          return "cast(" + column.name + " as text)";
        },
        [&](const std::string& sql) { return file.rows(sql); });
  }

 private:
  struct Column {
    std::string name, type;
  };
  // Characters that no value holds.
  static constexpr char kSeparator = '\x1f';
  static constexpr std::string_view kNull = "\x1e";

  template <class Expression, class Run>
  std::vector<std::string> collect(Expression expression, Run run) const {
    std::vector<std::string> all;
    for (const auto& [table, columns] : tables_) {
      std::string sql;
      for (const auto& column : columns)
        sql += (sql.empty() ? "select " : " || '\x1f' || ") + ("coalesce(" + expression(column)) +
               ", '\x1e')";
      for (const auto& row : run(sql + " from " + table)) all.push_back(canonical(table, row));
    }
    std::ranges::sort(all);
    return all;
  }

  std::string canonical(const std::string& table, const std::string& row) const {
    std::istringstream values(row);
    std::string made = table, value;
    for (const auto& column : tables_.at(table)) {
      std::getline(values, value, kSeparator);
      if (value == kNull) continue;
      made += ' ' + column.name + '=';
      if (column.type == "jsonb" || column.type == "json")
        made += canonical_json(value);
      else if (column.type == "float4")
        made += fmt::format("{}", std::stod(value));
      else
        made += value;
    }
    return made;
  }

  std::map<std::string, std::vector<Column>> tables_;
};

}  // namespace tarotforge::test
