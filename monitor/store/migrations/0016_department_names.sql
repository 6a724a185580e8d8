-- Names under which publishers listed departments that the shipped table does not call so: each stands for one of the table, or,
-- where several became one, for more. A name that is listed no more stays: publications bear it.
CREATE TABLE department_names (
  name TEXT NOT NULL,
  key  TEXT NOT NULL,                      -- of the table
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
