insert into orders (id, product, status, delivery) values
    ('A1001', 'coffee grinder', 'shipped', date '2026-12-02'),
    ('A1002', 'desk lamp', 'pending', date '2026-12-09'),
    ('A1003', 'rain jacket', 'delivered', date '2026-11-20');
